// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import java.util.Optional;

/** Hears when a {@link CrashPoint} is reached. Does nothing outside of tests. */
@FunctionalInterface
public interface CrashPoints {

    /** Lets everybody live. */
    CrashPoints NONE = (point, executor) -> {};

    /**
     * The point is reached. What this throws is a crash of the actor that is there.
     *
     * @param point the point
     * @param executor where it was reached; empty if beside the driver
     */
    void reached(CrashPoint point, Optional<ExecutorId> executor);

    /** A point of a durable job is reached, on the driver's thread or, when something stands in the log, on the log's. */
    default void reached(DurablePoint point) {
        // only tests of whole processes care
    }
}
