// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import io.millrace.receiver.OffsetRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The ranges of the block that is being filled, those of one split that continue each other as one; and where blocks that are read again
 * have to be cut.
 */
final class BlockRanges {

    private final List<OffsetRange> ranges = new ArrayList<>();
    private final Map<String, Integer> lastOfSplit = new HashMap<>();
    private final Queue<List<OffsetRange>> replays;

    /** The first blocks are to have these ranges. */
    BlockRanges(List<List<OffsetRange>> replays) {
        this.replays = new ArrayDeque<>(replays);
    }

    /** These numbers are in the block. */
    void add(OffsetRange range) {
        Integer index = lastOfSplit.get(range.split());
        OffsetRange before = index == null ? null : ranges.get(index);
        if (index != null && before != null && before.to() > 0 && before.to() == range.from()) {
            ranges.set(index, new OffsetRange(range.split(), before.from(), range.to()));
        } else {
            lastOfSplit.put(range.split(), ranges.size());
            ranges.add(range);
        }
    }

    /** True if the block has exactly the ranges of one that is read again, and so has to be cut. */
    boolean isExact() {
        return !replays.isEmpty() && ranges.equals(replays.peek());
    }

    /** False if the block is one that is read again and is not whole yet. */
    boolean mayCut() {
        return replays.isEmpty() || isExact();
    }

    /** The ranges of the block; the next one has none yet. */
    List<OffsetRange> cut() {
        replays.poll();
        List<OffsetRange> all = List.copyOf(ranges);
        ranges.clear();
        lastOfSplit.clear();
        return all;
    }
}
