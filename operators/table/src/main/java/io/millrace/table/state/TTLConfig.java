// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import java.time.Duration;

/**
 * How long what is put into the state of a {@link StatefulProcessor} is there, from when it was last put.
 *
 * @param ttlDuration the time; zero: for ever
 */
public record TTLConfig(Duration ttlDuration) {

    /** For ever. */
    public static final TTLConfig NONE = new TTLConfig(Duration.ZERO);

    /** A time that is not negative. */
    public TTLConfig {
        if (ttlDuration.isNegative()) {
            throw new IllegalArgumentException("the time to live must not be negative, but is " + ttlDuration);
        }
    }

    /** Whether what is put expires. */
    boolean expires() {
        return !ttlDuration.isZero();
    }
}
