// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.time.Duration;

/** The bounds of what can be set, checked when it is set. */
final class Bounds {

    static final int LAST_PORT = 65_535;

    private Bounds() {}

    /** Throws unless {@code first <= value <= last}. */
    static void requireIn(String name, int value, int first, int last) {
        if (value < first || value > last) {
            throw new IllegalArgumentException(name + " must be in " + first + ".." + last + ", but is " + value);
        }
    }

    /** Throws unless {@code value > 0}. */
    static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than 0, but is " + value);
        }
    }
}
