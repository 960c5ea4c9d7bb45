// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.TextBlock;
import org.jspecify.annotations.Nullable;

/** Which record a task is at. The loop over a block keeps it up to date; it is asked only when something fails. */
final class Position {

    private @Nullable Block block;

    /** Number of the record in the block. */
    long ordinal;

    /** First byte of the record in a block of text. */
    int offset;

    void enter(Block entered) {
        block = entered;
        ordinal = -1;
        offset = 0;
    }

    void leave() {
        block = null;
    }

    String block() {
        return block == null ? "-" : block.info().id().toString();
    }

    long ordinal() {
        return block == null ? -1 : ordinal;
    }

    String source() {
        return block instanceof TextBlock text ? text.origins().describe(offset) : "-";
    }
}
