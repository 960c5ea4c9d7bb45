// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Decides when a block that is not full is handed out: 100 ms after the one before, and shortly before every batch ends, so that
 * a topic which brings little makes few blocks and its records are in the batch in which they came.
 */
final class BlockPacing {

    private static final long LONGEST_MICROS = 100_000;

    /** A block must be copied before it counts: it is handed out so long before the end of the batch, or a twentieth of the interval. */
    private static final long MARGIN_MICROS = 2_000;

    private final Supplier<Duration> batchInterval;
    private long dueMicros = Long.MIN_VALUE;

    BlockPacing(Supplier<Duration> batchInterval) {
        this.batchInterval = batchInterval;
    }

    /** When the next block that is not full may go. */
    long dueMicros() {
        return dueMicros;
    }

    /** One went now. */
    void went(long nowMicros) {
        long interval = Math.max(1, batchInterval.get().toNanos() / 1_000);
        long margin = Math.min(MARGIN_MICROS, interval / 20);
        long endOfBatch = (Math.floorDiv(nowMicros + margin, interval) + 1) * interval;
        dueMicros = Math.min(nowMicros + LONGEST_MICROS, endOfBatch - margin);
    }
}
