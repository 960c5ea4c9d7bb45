// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.listener.BatchInfo;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A batch that takes longer than its interval: the next one takes what came meanwhile, and no queue grows. */
class LateBatchTest {

    @Test
    void absorbsTheBatchesThatCouldNotRun() {
        try (BatchHarness harness = BatchHarness.create("late")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input));
            harness.start();

            harness.holdOutputs();
            input.add("1");
            harness.advance(Duration.ofMillis(1500));
            input.add("2");
            harness.advance(Duration.ofSeconds(1));
            input.add("3");
            harness.advance(Duration.ofMillis(1200));
            harness.releaseOutputs();
            input.add("4");
            harness.runBatch();

            assertThat(out.times()).containsExactly(1000L, 3000L, 4000L);
            assertThat(out.at(1000)).containsExactly("1");
            assertThat(out.at(3000)).containsExactly("2", "3");
            assertThat(out.at(4000)).containsExactly("4");
            List<BatchInfo> infos = harness.batches();
            assertThat(infos).extracting(BatchInfo::absorbedIntervals).containsExactly(0, 1, 0);
            assertThat(infos.get(0).processingDelay()).isEqualTo(Duration.ofMillis(2700));
            assertThat(infos.get(1).schedulingDelay()).isEqualTo(Duration.ofMillis(700));
            assertThat(infos.get(2).schedulingDelay()).isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void skipsNoBatchThatAWindowNeeds() {
        try (BatchHarness harness = BatchHarness.create("windows")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> windows =
                    harness.collect(harness.stream(input).window(Duration.ofSeconds(4), Duration.ofSeconds(2)));
            harness.start();

            harness.holdOutputs();
            for (int second = 1; second <= 7; second++) {
                input.add("in second " + second);
                harness.advance(Duration.ofSeconds(1));
            }
            harness.releaseOutputs();
            harness.runBatch();

            assertThat(windows.times()).containsExactly(2000L, 4000L, 6000L, 8000L);
            assertThat(windows.at(8000)).contains("in second 7");
            assertThat(harness.batches())
                    .extracting(info -> info.batchTime().millis())
                    .doesNotHaveDuplicates();
            assertThat(harness.simulation().runnablesFromOutside()).isZero();
        }
    }

    @Test
    void runsEveryBatchWhileNoneIsLateByMoreThanAnInterval() {
        try (BatchHarness harness = BatchHarness.create("slightly-late")) {
            CollectedOutput<String> out = harness.collect(harness.stream(harness.<String>input()));
            harness.start();
            harness.advance(Duration.ofMillis(900));

            harness.holdOutputs();
            harness.advance(Duration.ofMillis(1800));
            harness.releaseOutputs();
            harness.runBatches(2);

            assertThat(out.times()).containsExactly(1000L, 2000L, 3000L, 4000L);
        }
    }
}
