// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatsReportListenerTest {

    private final List<String> logged = new ArrayList<>();

    private static BatchInfo batch(long schedulingMicros, long processingMicros) {
        Instant due = Instant.ofEpochSecond(1);
        Instant started = due.plusNanos(schedulingMicros * 1_000);
        return new BatchInfo(
                new BatchTime(1_000),
                0,
                0,
                0,
                due,
                started,
                started.plusNanos(processingMicros * 1_000),
                Duration.ZERO,
                Duration.ZERO,
                1,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                List.of());
    }

    @Test
    void saysHowTheDelaysOfTheLastBatchesAreDistributed() {
        StatsReportListener listener = new StatsReportListener(4, logged::add);
        assertThat(listener.lines()).isEmpty();

        for (int processing : new int[] {999, 40, 10, 20, 30}) {
            logged.clear();
            listener.onBatchCompleted(batch(1_500, processing * 1_000L));
        }

        assertThat(logged)
                .containsExactly(
                        "total delay of 4 batches in ms: mean=26.5 stdev=11.2 0%=11.5 5%=11.5 10%=11.5 25%=21.5"
                                + " 50%=31.5 75%=41.5 90%=41.5 95%=41.5 100%=41.5",
                        "processing time of 4 batches in ms: mean=25.0 stdev=11.2 0%=10.0 5%=10.0 10%=10.0 25%=20.0"
                                + " 50%=30.0 75%=40.0 90%=40.0 95%=40.0 100%=40.0",
                        "scheduling delay of 4 batches in ms: mean=1.5 stdev=0.0 0%=1.5 5%=1.5 10%=1.5 25%=1.5"
                                + " 50%=1.5 75%=1.5 90%=1.5 95%=1.5 100%=1.5");
        assertThat(listener.lines()).isEqualTo(logged);
    }

    @Test
    void saysSoAfterEveryBatchFromTheFirst() {
        StatsReportListener listener = new StatsReportListener(10, logged::add);

        listener.onBatchCompleted(batch(0, 2_000));
        listener.onBatchCompleted(batch(0, 4_000));

        assertThat(logged).hasSize(6);
        assertThat(logged.get(1)).startsWith("processing time of 1 batches in ms: mean=2.0 stdev=0.0 0%=2.0");
        assertThat(logged.get(4)).startsWith("processing time of 2 batches in ms: mean=3.0 stdev=1.0 0%=2.0");
    }

    @Test
    void refusesNumbersOutOfBounds() {
        assertThatThrownBy(() -> new StatsReportListener(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batches must be in 1..100000, but is 0");
        assertThatThrownBy(() -> new StatsReportListener(100_001)).isInstanceOf(IllegalArgumentException.class);
    }
}
