// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import io.millrace.operator.BatchTime;
import io.millrace.receiver.OffsetRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The blocks of a batch as an earlier run of the job has planned it.
 *
 * @param batch the batch
 * @param blocks its blocks in order
 */
public record PlannedBatch(BatchTime batch, List<PlannedBlock> blocks) {

    /**
     * A block of a planned batch.
     *
     * @param id its name
     * @param ranges what its records are in the source's own numbers
     * @param logged true if its records are in the log, false if they are to be read again from the source
     */
    public record PlannedBlock(BlockId id, List<OffsetRange> ranges, boolean logged) {
        /** Copies the ranges. */
        public PlannedBlock {
            ranges = List.copyOf(ranges);
        }

        /** True if its records are to be read again from the source. */
        public boolean isReplayed() {
            return !logged;
        }

        /** True if this is the block: by its name, or by its ranges if it was read again and so has another name. */
        boolean isSame(BlockInfo block) {
            return logged ? id.equals(block.id()) : id.stream() == block.id().stream() && ranges.equals(block.ranges());
        }
    }

    /** Copies the blocks. */
    public PlannedBatch {
        blocks = List.copyOf(blocks);
    }

    /** True if the block is in the batch. */
    boolean has(BlockInfo block) {
        return placeOf(block) < blocks.size();
    }

    /** Where the block comes in the batch, from 0; as many as there are if it is not in it. */
    int placeOf(BlockInfo block) {
        int place = 0;
        while (place < blocks.size() && !blocks.get(place).isSame(block)) {
            place++;
        }
        return place;
    }

    /** The blocks that are not among these. */
    List<PlannedBlock> missing(Collection<BlockInfo> present) {
        List<PlannedBlock> missing = new ArrayList<>(blocks);
        present.forEach(block -> missing.removeIf(one -> one.isSame(block)));
        return missing;
    }
}
