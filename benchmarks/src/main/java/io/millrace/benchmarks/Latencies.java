// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** The time from a line's sending to the emission of the batch it is in, in microseconds. Thread-safe. */
final class Latencies {

    private final Recorder recorder = new Recorder(TimeUnit.MINUTES.toMicros(10), 3);

    /** Notes a line that was sent and emitted at these times, both {@link EpochMicros}. */
    void record(long sentMicros, long emittedMicros) {
        recorder.recordValue(Math.max(0, emittedMicros - sentMicros));
    }

    /** Forgets what was noted so far. */
    void reset() {
        recorder.reset();
    }

    /** The line with the percentiles of what was noted since the last reset. */
    JsonLine describe(JsonLine line) {
        Histogram histogram = recorder.getIntervalHistogram();
        return line.with("latencies", histogram.getTotalCount())
                .with("p50Micros", histogram.getValueAtPercentile(50))
                .with("p90Micros", histogram.getValueAtPercentile(90))
                .with("p99Micros", histogram.getValueAtPercentile(99))
                .with("p999Micros", histogram.getValueAtPercentile(99.9))
                .with("maxMicros", histogram.getMaxValue());
    }
}
