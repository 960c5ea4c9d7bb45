// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import io.millrace.operator.BatchTime;
import io.millrace.receiver.OffsetRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the block manager knows: every block that counts as received, who holds it and which batch it belongs to.
 *
 * <p>Decides which copies must be made when an executor dies. Owns no thread and sends nothing.
 */
public final class BlockRegistry {

    private static final class Entry {
        private final BlockInfo info;
        private final Set<ExecutorId> holders;
        private final Map<ExecutorId, ExecutorId> comingFrom = new TreeMap<>();
        private @Nullable BatchTime batch;
        private boolean kept;

        Entry(BlockInfo info, Set<ExecutorId> holders) {
            this.info = info;
            this.holders = holders;
        }
    }

    /** A copy that is to be made. */
    public record CopyPlan(BlockId block, ExecutorId from, ExecutorId to) {}

    private final int factor;
    private final Map<BlockId, Entry> blocks = new LinkedHashMap<>();
    private final Set<ExecutorId> executors = new TreeSet<>();
    private Optional<PlannedBatch> planned = Optional.empty();

    /** Nothing known yet; every block is to be held {@code factor} times. */
    public BlockRegistry(int factor) {
        this.factor = factor;
    }

    /** An executor lives; answers the copies it should get of blocks that are held too few times. */
    public List<CopyPlan> executorUp(ExecutorId executor) {
        executors.add(executor);
        return missingCopies();
    }

    /** An executor died with all it held; answers the copies to make, to be read after {@link #lost()}. */
    public List<CopyPlan> executorDown(ExecutorId executor) {
        executors.remove(executor);
        for (Entry entry : blocks.values()) {
            entry.holders.remove(executor);
            entry.comingFrom.remove(executor);
            entry.comingFrom.values().removeIf(executor::equals);
        }
        return missingCopies();
    }

    /**
     * A block counts as received. A holder that died in the meantime is left out.
     *
     * @return the copies to make in place of such holders
     */
    public List<CopyPlan> add(BlockInfo info, Collection<ExecutorId> holders) {
        Set<ExecutorId> alive = new TreeSet<>(holders);
        alive.retainAll(executors);
        blocks.putIfAbsent(info.id(), new Entry(info, alive));
        return alive.size() < factor ? missingCopies() : List.of();
    }

    /**
     * A further copy is confirmed.
     *
     * @return false if the block is gone already, so that the copy should be dropped
     */
    public boolean stored(BlockId block, ExecutorId holder) {
        Entry entry = blocks.get(block);
        if (entry == null || !executors.contains(holder)) {
            return false;
        }
        entry.comingFrom.remove(holder);
        entry.holders.add(holder);
        return true;
    }

    /**
     * Gives the blocks that begin before the end of this batch, and belong to no other yet, to it, and answers all of the batch, in order
     * of arrival. So what comes while a batch is late goes where it would have gone otherwise.
     */
    public List<BlockLocation> allocate(BatchTime batch) {
        Optional<PlannedBatch> plan = planOf(batch);
        for (Entry entry : blocks.values()) {
            if (entry.batch == null && belongsTo(entry.info, batch, plan)) {
                entry.batch = batch;
            }
        }
        return allocated(batch);
    }

    /** The blocks that this batch was given before, in order of arrival. */
    public List<BlockLocation> allocated(BatchTime batch) {
        List<BlockLocation> allocated = new ArrayList<>();
        for (Entry entry : blocks.values()) {
            if (batch.equals(entry.batch) && !entry.kept) {
                allocated.add(location(entry));
            }
        }
        planOf(batch).ifPresent(plan -> allocated.sort(Comparator.comparing(block -> plan.placeOf(block.info()))));
        return allocated;
    }

    private Optional<PlannedBatch> planOf(BatchTime batch) {
        return planned.filter(one -> one.batch().equals(batch));
    }

    private static boolean belongsTo(BlockInfo block, BatchTime batch, Optional<PlannedBatch> plan) {
        return plan.isPresent() ? plan.get().has(block) : block.firstMicros() <= batch.millis() * 1_000;
    }

    /** This batch was planned by an earlier run of the job: it has exactly these blocks, whenever they come. */
    public void plan(PlannedBatch batch) {
        planned = Optional.of(batch);
    }

    /** False if blocks that were planned for the batch are still to come. */
    public boolean canAllocate(BatchTime batch) {
        return planned.filter(plan -> plan.batch().equals(batch))
                .map(plan -> plan.missing(infos()).isEmpty())
                .orElse(true);
    }

    /** What a stream's receiver has to read again, block by block, for a batch that was planned by an earlier run of the job. */
    public List<List<OffsetRange>> missing(int stream) {
        return planned.map(plan -> plan.missing(infos()).stream()
                        .filter(block -> block.id().stream() == stream && block.isReplayed())
                        .map(PlannedBatch.PlannedBlock::ranges)
                        .toList())
                .orElse(List.of());
    }

    private List<BlockInfo> infos() {
        return blocks.values().stream().map(entry -> entry.info).toList();
    }

    /** The batch is done: its blocks are forgotten and answered, so that they can be dropped. */
    public List<BlockLocation> release(BatchTime batch) {
        planned = planned.filter(plan -> !plan.batch().equals(batch));
        List<BlockLocation> released = new ArrayList<>();
        blocks.values().removeIf(entry -> {
            boolean done = batch.equals(entry.batch) && !entry.kept;
            if (done) {
                released.add(location(entry));
            }
            return done;
        });
        return released;
    }

    /**
     * The batch is done, but its blocks stay, and are copied again when they are held too few times, until they are {@linkplain
     * #forget forgotten}. They are outstanding no more, and losing one does no harm to the job.
     */
    public List<BlockLocation> keep(BatchTime batch) {
        planned = planned.filter(plan -> !plan.batch().equals(batch));
        List<BlockLocation> done = new ArrayList<>();
        for (Entry entry : blocks.values()) {
            if (batch.equals(entry.batch) && !entry.kept) {
                entry.kept = true;
                done.add(location(entry));
            }
        }
        return done;
    }

    /** The kept blocks of these batches are forgotten and answered, so that they can be dropped. */
    public List<BlockLocation> forget(Collection<BatchTime> batches) {
        List<BlockLocation> forgotten = new ArrayList<>();
        blocks.values().removeIf(entry -> {
            boolean old = entry.kept && entry.batch != null && batches.contains(entry.batch);
            if (old) {
                forgotten.add(location(entry));
            }
            return old;
        });
        return forgotten;
    }

    /** The executors that hold a block; none if it is not known. */
    public Set<ExecutorId> holders(BlockId block) {
        Entry entry = blocks.get(block);
        return entry == null ? Set.of() : Set.copyOf(entry.holders);
    }

    /** True if no copy of the block is left. */
    public boolean isLost(BlockId block) {
        Entry entry = blocks.get(block);
        return entry != null && entry.holders.isEmpty();
    }

    /** The blocks of which no copy is left. */
    public List<BlockInfo> lost() {
        return blocks.values().stream()
                .filter(entry -> !entry.kept && entry.holders.isEmpty())
                .map(entry -> entry.info)
                .toList();
    }

    /** How many blocks are held fewer times than they should be. */
    public int underReplicated() {
        return (int) blocks.values().stream()
                .filter(entry -> entry.holders.size() < factor)
                .count();
    }

    /** All blocks that are still to be processed and who holds them, in order of arrival. */
    public List<BlockLocation> locations() {
        return blocks.values().stream()
                .filter(entry -> !entry.kept)
                .map(BlockRegistry::location)
                .toList();
    }

    /** The blocks that are kept although their batch is done, and who holds them, in order of arrival. */
    public List<BlockLocation> kept() {
        return blocks.values().stream()
                .filter(entry -> entry.kept)
                .map(BlockRegistry::location)
                .toList();
    }

    /** All blocks of a stream. */
    public Set<BlockId> blocksOf(int stream) {
        return blocks.keySet().stream().filter(id -> id.stream() == stream).collect(Collectors.toSet());
    }

    /** How many blocks wait for a batch. */
    public int waiting() {
        return (int)
                blocks.values().stream().filter(entry -> entry.batch == null).count();
    }

    /** How many bytes wait for a batch. */
    public long waitingBytes() {
        return blocks.values().stream()
                .filter(entry -> entry.batch == null)
                .mapToLong(entry -> entry.info.bytes())
                .sum();
    }

    /** How many bytes of a stream are received but not yet processed. */
    public long outstandingBytes(int stream) {
        return blocks.values().stream()
                .filter(entry -> !entry.kept && entry.info.id().stream() == stream)
                .mapToLong(entry -> entry.info.bytes())
                .sum();
    }

    private List<CopyPlan> missingCopies() {
        List<CopyPlan> plans = new ArrayList<>();
        Map<ExecutorId, Integer> load = new LinkedHashMap<>();
        executors.forEach(executor -> load.put(executor, 0));
        for (Entry entry : blocks.values()) {
            while (!entry.holders.isEmpty() && entry.holders.size() + entry.comingFrom.size() < factor) {
                ExecutorId to = executors.stream()
                        .filter(executor ->
                                !entry.holders.contains(executor) && !entry.comingFrom.containsKey(executor))
                        .min(Comparator.comparing((ExecutorId executor) -> load.getOrDefault(executor, 0)))
                        .orElse(null);
                if (to == null) {
                    break;
                }
                load.merge(to, 1, Integer::sum);
                ExecutorId from = entry.holders.iterator().next();
                entry.comingFrom.put(to, from);
                plans.add(new CopyPlan(entry.info.id(), from, to));
            }
        }
        return plans;
    }

    private static BlockLocation location(Entry entry) {
        return new BlockLocation(entry.info, List.copyOf(entry.holders));
    }
}
