// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import java.util.HashMap;
import java.util.Map;

/** The blocks of a receiver that are cut and do not count as received yet. Used by its supervisor's thread only. */
final class UncountedBlocks {

    private final Map<BlockId, BlockInfo> blocks = new HashMap<>();
    private long bytes;
    private int numbered;

    /** A block was cut. */
    void cut(BlockInfo block) {
        if (blocks.put(block.id(), block) == null) {
            bytes += block.bytes();
            numbered += block.ranges().isEmpty() ? 0 : 1;
        }
    }

    /** A block counts; answers its bytes. */
    long counted(BlockId id) {
        BlockInfo block = blocks.remove(id);
        if (block == null) {
            return 0;
        }
        bytes -= block.bytes();
        numbered -= block.ranges().isEmpty() ? 0 : 1;
        return block.bytes();
    }

    /** How many bytes they have. */
    long bytes() {
        return bytes;
    }

    /** True if some of them have ranges of the source's own numbers. */
    boolean hasNumbered() {
        return numbered > 0;
    }
}
