// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import java.time.Duration;

/**
 * When a file is full and another one is begun. A file goes on over many batches, so that there is no flood of small ones.
 *
 * @param maxBytes how long a file may become, at least 1; a longer record gets a file for itself
 * @param maxAge how far a batch time may be from that of the first batch in the file, more than 0; looked at when a batch is written, so
 *     that the file of an idle stream stays as it is
 */
public record Rolling(long maxBytes, Duration maxAge) {

    /** 128 MiB or an hour. */
    public static final Rolling DEFAULT = new Rolling(128L << 20, Duration.ofHours(1));

    /** Checks the bounds. */
    public Rolling {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be >= 1, but is " + maxBytes);
        }
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("maxAge must be > 0, but is " + maxAge);
        }
    }

    /** The same with another length; at least 1 byte. */
    public Rolling maxBytes(long bytes) {
        return new Rolling(bytes, maxAge);
    }

    /** The same with another age; more than 0. */
    public Rolling maxAge(Duration age) {
        return new Rolling(maxBytes, age);
    }
}
