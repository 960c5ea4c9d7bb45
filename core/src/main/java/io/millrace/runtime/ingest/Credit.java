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

    Credit(long limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("credit must be > 0 bytes, but is " + limit);
        }
        this.limit = limit;
    }

    /** So many bytes came in. */
    void take(long bytes) {
        outstanding.addAndGet(bytes);
    }

    /** So many bytes are processed. */
    void give(long bytes) {
        outstanding.addAndGet(-bytes);
    }

    /** True if more may come in. */
    boolean isOpen() {
        return outstanding.get() < limit;
    }

    long outstanding() {
        return outstanding.get();
    }
}
