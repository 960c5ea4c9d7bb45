// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import java.util.OptionalLong;

/** What the clock must know of an operator with state. */
public interface StatefulNode {

    /** Whether state goes, or rows come out, when the watermark at its input moves, so that a batch without rows is worth while. */
    boolean isClosedByWatermark();

    /** Whether it has something to do without rows whether or not the watermark moves, as timers by the engine's time. */
    default boolean runsWithoutRows() {
        return false;
    }

    /**
     * Up to when no row will come out any more, if none comes in up to some time; empty if that cannot be told.
     *
     * @param inputMicros the least of the watermarks of its inputs, in microseconds since 1970
     */
    default OptionalLong outputWatermark(long inputMicros) {
        return OptionalLong.of(inputMicros);
    }
}
