// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.Pair;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The batch interval of a running job is changed, and every record is still in exactly one batch. */
class BatchIntervalTest {

    @Test
    void laterBatchesComeAtTheMultiplesOfTheNewInterval() {
        try (BatchHarness harness = BatchHarness.create("faster")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input));
            harness.start();
            harness.runBatch();

            harness.context().batchInterval(Duration.ofMillis(300));
            input.add("a");
            harness.advance(Duration.ofSeconds(1));
            input.add("b");
            harness.advance(Duration.ofMillis(700));

            assertThat(out.times()).containsExactly(1000L, 2000L, 2100L, 2400L, 2700L);
            assertThat(out.at(2000)).containsExactly("a");
            assertThat(out.at(2100)).containsExactly("b");
            assertThat(harness.events().lines()).contains("batch interval PT0.3S after 2000 ms");
        }
    }

    @Test
    void stateGoesOnInALongerInterval() {
        try (BatchHarness harness = BatchHarness.builder("slower")
                .batchInterval(Duration.ofMillis(100))
                .build()) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Pair<String, Long>> totals = harness.collect(harness.stream(input)
                    .mapToPair(word -> Pair.of(word, 1L))
                    .<Long>updateStateByKey((ones, old) -> Optional.of(old.orElse(0L) + ones.size())));
            harness.start();
            input.add("x");
            harness.advance(Duration.ofMillis(250));

            harness.context().batchInterval(Duration.ofSeconds(1));
            input.add("x");
            harness.advance(Duration.ofSeconds(2));

            assertThat(totals.times()).containsExactly(100L, 200L, 300L, 1000L, 2000L);
            assertThat(totals.at(2000)).containsExactly(Pair.of("x", 2L));
        }
    }

    @Test
    void aJobWithAWindowKeepsItsInterval() {
        try (BatchHarness harness = BatchHarness.create("window")) {
            harness.collect(harness.stream(harness.<String>input()).window(Duration.ofSeconds(3)));
            harness.start();

            assertThatThrownBy(() -> harness.context().batchInterval(Duration.ofMillis(300)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot become 300 ms while the job runs: the operator window-1")
                    .hasMessageContaining("counts in batches of 1000 ms");
        }
    }

    @Test
    void onlyARunningJobCanBeChangedAndOnlyToAnInterval() {
        try (BatchHarness harness = BatchHarness.create("states")) {
            harness.collect(harness.stream(harness.<String>input()));
            assertThatThrownBy(() -> harness.context().batchInterval(Duration.ofMillis(300)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Only a running job can be changed, but this one is INITIALIZED");

            harness.start();
            assertThatThrownBy(() -> harness.context().batchInterval(Duration.ofNanos(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(">= 1");
        }
    }
}
