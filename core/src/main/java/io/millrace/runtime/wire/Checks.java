// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is made sure of wherever values that others made are written or put together. */
final class Checks {

    private Checks() {}

    /** The value, which must not be null. */
    static Object present(@Nullable Object value, String expected) {
        if (value == null) {
            throw new WireException("A " + expected + " is expected, not null; declare it @Nullable or Optional");
        }
        return value;
    }

    /** Refuses a collection that somebody changes while it is written. */
    static void unchanged(int count, int written) {
        if (count != written) {
            throw new WireException(
                    "A collection of " + count + " elements had " + written + " when written: somebody changes it");
        }
    }

    /** Runs what may call a user's {@code hashCode} or {@code equals}, which may throw on values they never met. */
    static <R extends @Nullable Object> R userCode(Supplier<R> step, String what, int position) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            throw new WireException(what + " at byte " + position + " cannot be compared: " + e, e);
        }
    }
}
