// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import io.millrace.runtime.block.BlockLocation;
import io.millrace.runtime.block.ExecutorId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides which executor works on which block of a batch: one that holds it, and so that all have about as much to do. */
public final class BlockAssignment {

    /** A batch of fewer bytes is worked on by one executor, since a second one would cost more than it saves. */
    private static final long BYTES_WORTH_SHARING = 256 * 1024;

    private BlockAssignment() {}

    /** True if a second executor would cost more than it saves. */
    public static boolean isSmall(List<BlockLocation> blocks) {
        long bytes = 0;
        for (BlockLocation block : blocks) {
            bytes += block.info().bytes();
        }
        return bytes < BYTES_WORTH_SHARING;
    }

    /**
     * The numbers of the blocks that each executor works on.
     *
     * @param blocks the blocks of the batch, in order
     * @param alive the executors that live
     * @return for each executor that has something to do, the places of its blocks in {@code blocks}, ascending
     * @throws IllegalStateException if a block is held by none of them
     */
    public static Map<ExecutorId, List<Integer>> assign(List<BlockLocation> blocks, Collection<ExecutorId> alive) {
        boolean small = isSmall(blocks);
        Map<ExecutorId, List<Integer>> assigned = new TreeMap<>();
        Map<ExecutorId, Long> load = new TreeMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            BlockLocation block = blocks.get(i);
            Comparator<ExecutorId> best = small
                    ? Comparator.naturalOrder()
                    : Comparator.comparing((ExecutorId executor) -> load.getOrDefault(executor, 0L))
                            .thenComparing(Comparator.naturalOrder());
            ExecutorId chosen = block.holders().stream()
                    .filter(alive::contains)
                    .min(best)
                    .orElseThrow(() -> new IllegalStateException(
                            "The block " + block.info().id() + " is held by no executor that lives"));
            load.merge(chosen, block.info().bytes(), Long::sum);
            assigned.computeIfAbsent(chosen, executor -> new ArrayList<>()).add(i);
        }
        return assigned;
    }
}
