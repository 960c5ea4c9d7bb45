// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.listener.BatchInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** Delays of batches since the last reset. Thread-safe. */
final class BatchDelays {

    /** One batch, in microseconds. */
    private record Delays(
            long blockWait, long replication, long scheduling, long processing, long total, int absorbed) {}

    private List<Delays> batches = new ArrayList<>();

    /** Notes a batch. */
    synchronized void record(BatchInfo batch) {
        batches.add(new Delays(
                micros(batch.blockWait()),
                micros(batch.replication()),
                micros(batch.schedulingDelay()),
                micros(batch.processingDelay()),
                micros(batch.totalDelay()),
                batch.absorbedIntervals()));
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    /** Forgets what was noted so far. */
    synchronized void reset() {
        batches = new ArrayList<>();
    }

    /**
     * The line with the delays.
     *
     * <p>Field {@code schedulingGrowthMicros} is the median scheduling delay of the last quarter of the batches minus
     * that of the first: what grows cannot be sustained.
     */
    synchronized JsonLine describe(JsonLine line) {
        if (batches.isEmpty()) {
            return line;
        }
        int quarter = Math.max(1, batches.size() / 4);
        List<Delays> first = batches.subList(0, quarter);
        List<Delays> last = batches.subList(batches.size() - quarter, batches.size());
        return line.with("batchesMeasured", batches.size())
                .with("blockWaitP50Micros", percentile(batches, Delays::blockWait, 50))
                .with("blockWaitP99Micros", percentile(batches, Delays::blockWait, 99))
                .with("replicationP50Micros", percentile(batches, Delays::replication, 50))
                .with("replicationP99Micros", percentile(batches, Delays::replication, 99))
                .with("schedulingP50Micros", percentile(batches, Delays::scheduling, 50))
                .with("schedulingP99Micros", percentile(batches, Delays::scheduling, 99))
                .with(
                        "schedulingGrowthMicros",
                        percentile(last, Delays::scheduling, 50) - percentile(first, Delays::scheduling, 50))
                .with("processingP50Micros", percentile(batches, Delays::processing, 50))
                .with("processingP99Micros", percentile(batches, Delays::processing, 99))
                .with("totalP50Micros", percentile(batches, Delays::total, 50))
                .with("totalP99Micros", percentile(batches, Delays::total, 99))
                .with("totalMaxMicros", percentile(batches, Delays::total, 100))
                .with("absorbed", batches.stream().mapToLong(Delays::absorbed).sum());
    }

    private static long percentile(List<Delays> of, ToLongFunction<Delays> delay, int percent) {
        long[] sorted = of.stream().mapToLong(delay).sorted().toArray();
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
