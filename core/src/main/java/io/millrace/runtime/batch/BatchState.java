// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.block.ExecutorId;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the driver is in its batch. Immutable; changed by {@link BatchProtocol#step}.
 *
 * @param phase what is going on
 * @param batch the batch, or the last one
 * @param attempt how often it was attempted before
 * @param unsealed input streams that have not said yet that all they received before the batch counts
 * @param working executors that have not finished their part yet
 * @param unstaged changes of state that are not kept yet by those that stand by
 * @param failed operators that failed
 */
public record BatchState(
        Phase phase,
        BatchTime batch,
        int attempt,
        Set<Integer> unsealed,
        Set<ExecutorId> working,
        Set<Staging> unstaged,
        Set<Integer> failed) {

    /** What is going on. */
    public enum Phase {
        /** No batch runs. */
        IDLE,
        /** Receivers cut what they have. */
        SEALING,
        /** The block manager is asked for the blocks. */
        ALLOCATING,
        /** Executors work. */
        RUNNING,
        /** Outputs are written. */
        WRITING
    }

    /** Changes made by one executor that another is to keep. */
    public record Staging(ExecutorId from, ExecutorId by) implements Comparable<Staging> {
        @Override
        public int compareTo(Staging other) {
            int byFrom = from.compareTo(other.from);
            return byFrom != 0 ? byFrom : by.compareTo(other.by);
        }
    }

    /** Copies the sets. */
    public BatchState {
        unsealed = Set.copyOf(unsealed);
        working = Set.copyOf(working);
        unstaged = Set.copyOf(unstaged);
        failed = Set.copyOf(failed);
    }

    /** Before the first batch. */
    public static BatchState initial(BatchTime zero) {
        return new BatchState(Phase.IDLE, zero, 0, Set.of(), Set.of(), Set.of(), Set.of());
    }

    /** True if the executor works on this attempt and has not finished. */
    public boolean isWaitingFor(BatchTime ofBatch, int ofAttempt, ExecutorId executor) {
        return phase == Phase.RUNNING && batch.equals(ofBatch) && attempt == ofAttempt && working.contains(executor);
    }

    BatchState at(Phase newPhase) {
        return new BatchState(newPhase, batch, attempt, unsealed, working, unstaged, failed);
    }

    BatchState unsealed(Collection<Integer> streams) {
        return new BatchState(phase, batch, attempt, new TreeSet<>(streams), working, unstaged, failed);
    }

    BatchState working(Collection<ExecutorId> executors) {
        return new BatchState(phase, batch, attempt, unsealed, new TreeSet<>(executors), unstaged, failed);
    }

    BatchState unstaged(Collection<Staging> stagings) {
        return new BatchState(phase, batch, attempt, unsealed, working, new TreeSet<>(stagings), failed);
    }

    BatchState failed(Collection<Integer> nodes) {
        return new BatchState(phase, batch, attempt, unsealed, working, unstaged, new TreeSet<>(nodes));
    }

    BatchState nextAttempt() {
        return new BatchState(Phase.ALLOCATING, batch, attempt + 1, Set.of(), Set.of(), Set.of(), Set.of());
    }
}
