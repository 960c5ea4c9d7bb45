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
import java.util.Set;
import java.util.TreeMap;

/** Decides which executor works on which block of a batch: one that holds it, and so that all have about as much to do. */
public final class BlockAssignment {

    /** A batch of fewer bytes is worked on by one executor, since a second one would cost more than it saves. */
    private static final long BYTES_WORTH_SHARING = 256 * 1024;

    /** What a block counts for whose bytes say nothing of the work. */
    private static final long LARGE = 1024 * 1024;

    private final Set<Integer> readByTasks;

    /**
     * An assignment.
     *
     * @param readByTasks the streams whose blocks only name what tasks are to read
     */
    public BlockAssignment(Set<Integer> readByTasks) {
        this.readByTasks = Set.copyOf(readByTasks);
    }

    /** What there is to do for a block, in bytes of a block of records. */
    public long work(BlockLocation block) {
        return readByTasks.contains(block.info().id().stream())
                ? LARGE
                : block.info().bytes();
    }

    /** True if a second executor would cost more than it saves. */
    public boolean isSmall(List<BlockLocation> blocks) {
        long work = 0;
        for (BlockLocation block : blocks) {
            work += work(block);
        }
        return work < BYTES_WORTH_SHARING;
    }

    /**
     * The numbers of the blocks that each executor works on.
     *
     * @param blocks the blocks of the batch, in order
     * @param alive the executors that live
     * @return for each executor that has something to do, the places of its blocks in {@code blocks}, ascending
     * @throws IllegalStateException if a block is held by none of them
     */
    public Map<ExecutorId, List<Integer>> assign(List<BlockLocation> blocks, Collection<ExecutorId> alive) {
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
            load.merge(chosen, work(block), Long::sum);
            assigned.computeIfAbsent(chosen, executor -> new ArrayList<>()).add(i);
        }
        return assigned;
    }
}
