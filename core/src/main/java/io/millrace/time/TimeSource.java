// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.time;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock and the timer that goes by it.
 *
 * @param clock what the time is
 * @param timer runs things at a time of that clock
 */
public record TimeSource(InstantSource clock, Timer timer) {

    /** What the time is. */
    public Instant now() {
        return clock.instant();
    }

    /** Milliseconds since the epoch. */
    public long millis() {
        return clock.millis();
    }

    /** Microseconds since the epoch. */
    public long micros() {
        Instant now = now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
