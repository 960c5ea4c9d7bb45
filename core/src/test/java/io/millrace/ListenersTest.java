// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.StatsReportListener;
import io.millrace.listener.StreamingListener;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.RecordedEvents;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Listeners come and go, before a job and while it runs, and none of them hurts it. */
class ListenersTest {

    private final BatchHarness harness = BatchHarness.create("listeners");
    private final ScriptedInput<Integer> input = harness.input();
    private final CollectedOutput<Integer> out = harness.collect(harness.stream(input, 0));
    private final StreamingContext context = harness.context();
    private final RecordedEvents heard = new RecordedEvents();

    private void batch(int record) {
        input.add(record);
        harness.advance(Duration.ofSeconds(1));
    }

    @Test
    void oneThatIsAddedBeforeTheStartHearsEverything() {
        context.addStreamingListener(heard);
        harness.start();
        batch(1);
        harness.stop();

        assertThat(heard.lines()).isEqualTo(harness.events().lines()).contains("started at 0 ms");
        assertThat(heard.report()).isPresent();
        harness.close();
    }

    @Test
    void oneThatIsRemovedBeforeTheStartHearsNothing() {
        context.addStreamingListener(heard);
        context.removeStreamingListener(heard);
        context.removeStreamingListener(new RecordedEvents());
        harness.start();
        batch(1);
        harness.stop();

        assertThat(heard.lines()).isEmpty();
        harness.close();
    }

    @Test
    void oneThatIsAddedToARunningJobHearsWhatHappensFromThenOn() {
        harness.start();
        batch(1);
        int before = harness.events().lines().size();

        context.addStreamingListener(heard);
        harness.settle();
        batch(2);
        harness.stop();

        assertThat(heard.lines())
                .isEqualTo(harness.events()
                        .lines()
                        .subList(before, harness.events().lines().size()));
        assertThat(heard.batches()).isNotEmpty();
        assertThat(heard.blocks()).hasSize(1);
        harness.close();
    }

    @Test
    void oneThatIsRemovedFromARunningJobHearsNothingMore() {
        harness.start();
        context.addStreamingListener(heard);
        context.addStreamingListener(heard);
        harness.settle();
        batch(1);
        assertThat(heard.batches()).as("added twice").hasSize(2);

        context.removeStreamingListener(heard);
        harness.settle();
        batch(2);
        assertThat(heard.batches()).hasSize(3);
        context.removeStreamingListener(heard);
        context.removeStreamingListener(new RecordedEvents());
        harness.settle();
        batch(3);
        assertThat(heard.batches()).hasSize(3);
        assertThat(harness.batches()).hasSize(3);
        harness.close();
    }

    @Test
    void blocksAndStartsAreToldAgainWhenSomebodyListensAgain() {
        harness.start();
        batch(1);
        context.removeStreamingListener(harness.events());
        harness.settle();
        batch(2);
        context.addStreamingListener(heard);
        harness.settle();
        batch(3);

        assertThat(harness.events().blocks()).hasSize(1);
        assertThat(heard.blocks()).hasSize(1);
        assertThat(heard.lines()).anyMatch(line -> line.startsWith("batch 3000 ms started with [input-0-0-2]"));
        assertThat(out.all()).containsExactly(1, 2, 3);
        harness.close();
    }

    @Test
    void oneThatThrowsHurtsNeitherTheJobNorTheOthers() {
        AtomicInteger thrown = new AtomicInteger();
        harness.start();
        context.addStreamingListener(new StreamingListener() {
            @Override
            public void onBatchCompleted(BatchInfo batch) {
                if (thrown.incrementAndGet() == 1) {
                    throw new IllegalStateException("listener");
                }
                throw new AssertionError("listener");
            }
        });
        context.addStreamingListener(heard);
        harness.settle();

        batch(1);
        batch(2);
        batch(3);

        assertThat(thrown).hasValue(3);
        assertThat(heard.batches()).hasSize(3);
        assertThat(out.all()).containsExactly(1, 2, 3);
        assertThat(harness.stop().complete()).isTrue();
        harness.close();
    }

    @Test
    void noneIsAddedToAJobThatHasEnded() {
        harness.start();
        harness.stop();

        assertThatThrownBy(() -> context.addStreamingListener(heard))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
        context.removeStreamingListener(heard);
        harness.close();
    }

    @Test
    void delaysAreReportedForAJobThatRuns() {
        StatsReportListener stats = new StatsReportListener(2);
        harness.outputsTake(() -> Duration.ofMillis(40));
        harness.start();
        context.addStreamingListener(stats);
        harness.settle();

        batch(1);
        batch(2);
        batch(3);
        harness.advance(Duration.ofMillis(40));

        assertThat(stats.lines())
                .contains("processing time of 2 batches in ms: mean=40.0 stdev=0.0 0%=40.0 5%=40.0 10%=40.0 25%=40.0"
                        + " 50%=40.0 75%=40.0 90%=40.0 95%=40.0 100%=40.0");
        harness.close();
    }
}
