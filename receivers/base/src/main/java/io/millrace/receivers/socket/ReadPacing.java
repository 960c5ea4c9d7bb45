// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Decides how long a connection is not read although there is demand, so that a feeder which writes often and little costs one
 * read for many of its writes: what it writes meanwhile waits in the kernel's buffer.
 *
 * <p>Goes by the rate of the last read, so that a fast feeder is read without a pause, and never waits past the end of a batch:
 * the last read of a batch comes shortly before it.
 *
 * <p>Akka reads one chunk ahead, so that the first chunk after a pause is as old as the pause; therefore the next follows at once.
 */
final class ReadPacing {

    /** So many bytes are worth a read. */
    private static final long ENOUGH_BYTES = 32 * 1024;

    private static final long SHORTEST_MICROS = 1_000;
    private static final long LONGEST_MICROS = 20_000;

    /** A read takes time: it is begun so long before the end of the batch, or a twentieth of the interval if that is less. */
    private static final long MARGIN_MICROS = 500;

    private final Supplier<Duration> batchInterval;
    private long lastMicros;
    private long bytesSincePause;
    private boolean ahead;

    /** Goes by the batch interval as it is whenever it is asked for. */
    ReadPacing(Supplier<Duration> batchInterval, long nowMicros) {
        this.lastMicros = nowMicros;
        this.batchInterval = batchInterval;
    }

    /** So many bytes came now; answers when to read again, {@code nowMicros} for at once. */
    long nextRead(long nowMicros, int bytes) {
        bytesSincePause += bytes;
        if (ahead) {
            ahead = false;
            return nowMicros;
        }
        long elapsed = Math.min(LONGEST_MICROS, nowMicros - lastMicros);
        long pause = Math.min(LONGEST_MICROS, elapsed * ENOUGH_BYTES / Math.max(1, bytesSincePause));
        lastMicros = nowMicros;
        bytesSincePause = 0;
        if (pause < SHORTEST_MICROS) {
            return nowMicros;
        }
        ahead = true;
        return Math.min(nowMicros + pause, lastReadOfBatch(nowMicros));
    }

    private long lastReadOfBatch(long nowMicros) {
        long intervalMicros = batchInterval.get().toNanos() / 1_000;
        long marginMicros = Math.min(MARGIN_MICROS, intervalMicros / 20);
        long end = (Math.floorDiv(nowMicros + marginMicros, intervalMicros) + 1) * intervalMicros;
        return end - marginMicros;
    }
}
