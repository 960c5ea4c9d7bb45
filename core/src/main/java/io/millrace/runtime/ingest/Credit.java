// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much a receiver may still take in: the bytes received and not yet processed are bounded. The bound may be exceeded
 * by what one element of the source brings. Thread-safe: the stream takes, the supervisor gives back.
 */
final class Credit {

    private final long limit;
    private final AtomicLong outstanding = new AtomicLong();
    private final AtomicLong atRisk = new AtomicLong();

    Credit(long limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("credit must be > 0 bytes, but is " + limit);
        }
        this.limit = limit;
    }

    /** So many bytes came in, which do not count as received yet. */
    void take(long bytes) {
        outstanding.addAndGet(bytes);
        atRisk.addAndGet(bytes);
    }

    /** So many bytes came in before this life of the receiver, and count as received. */
    void begin(long bytes) {
        outstanding.addAndGet(bytes);
    }

    /** So many bytes count as received from now on. */
    void counted(long bytes) {
        atRisk.addAndGet(-bytes);
    }

    /** So many bytes that came in will never count. */
    void abandon(long bytes) {
        atRisk.addAndGet(-bytes);
        give(bytes);
    }

    /** So many bytes are processed. */
    void give(long bytes) {
        outstanding.addAndGet(-bytes);
    }

    /** True if more may come in. */
    boolean isOpen() {
        return outstanding.get() < limit;
    }

    /** How many bytes came in and do not count as received yet: what is lost if the executor dies now and its source cannot send again. */
    long atRisk() {
        return atRisk.get();
    }

    long outstanding() {
        return outstanding.get();
    }
}
