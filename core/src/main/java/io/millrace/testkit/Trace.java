// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import java.time.Instant;

/** What a simulation did, as one number: the same number, the same run. */
final class Trace {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long hash = GOLDEN;
    private long steps;

    /** The runnable at {@code index} of {@code size} was next. */
    void chose(int index, int size) {
        steps++;
        mix((long) index << 32 | size);
    }

    /** The clock showed {@code now} when a timer fired, or when it was moved by hand. */
    void reached(Instant now) {
        mix(now.getEpochSecond());
        mix(now.getNano());
    }

    long hash() {
        return hash;
    }

    long steps() {
        return steps;
    }

    /** The finisher of SplitMix64: every bit of the value reaches every bit of the hash. */
    private void mix(long value) {
        long z = (hash ^ value) + GOLDEN;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        hash = z ^ z >>> 31;
    }
}
