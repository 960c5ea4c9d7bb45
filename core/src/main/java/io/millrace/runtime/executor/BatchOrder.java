// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.block.ExecutorId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one executor has to do for one attempt at a batch, and who else works on it.
 *
 * @param batch the batch
 * @param attempt how often it was attempted before
 * @param zero the batch time before the first
 * @param blocks the blocks this executor works on, in order
 * @param sources the executors that work on blocks
 * @param owners who works on each partition
 * @param standbys who else keeps the state of each partition
 * @param taps the nodes whose records attached outputs want; the same in every attempt at the batch
 * @param versions the number of the version of each of the job's values; the same in every attempt at the batch
 * @param tellChanges whether the driver is told the changes of state too
 */
public record BatchOrder(
        BatchTime batch,
        int attempt,
        BatchTime zero,
        List<OrderedBlock> blocks,
        Set<ExecutorId> sources,
        List<ExecutorId> owners,
        List<List<ExecutorId>> standbys,
        List<Tap> taps,
        List<Long> versions,
        boolean tellChanges) {

    /** Copies the collections. */
    public BatchOrder {
        blocks = List.copyOf(blocks);
        sources = new TreeSet<>(sources);
        owners = List.copyOf(owners);
        standbys = List.copyOf(standbys);
        taps = List.copyOf(taps);
        versions = List.copyOf(versions);
    }

    /** True if this and the other are the same attempt at the same batch. */
    public boolean isSameAttempt(BatchTime otherBatch, int otherAttempt) {
        return batch.equals(otherBatch) && attempt == otherAttempt;
    }

    /** The partitions an executor works on. */
    List<Integer> partitionsOf(ExecutorId executor) {
        List<Integer> own = new ArrayList<>();
        for (int partition = 0; partition < owners.size(); partition++) {
            if (owners.get(partition).equals(executor)) {
                own.add(partition);
            }
        }
        return own;
    }

    /** The partitions whose state an executor keeps, be it to work on it or to stand by. */
    List<Integer> keptBy(ExecutorId executor) {
        List<Integer> kept = partitionsOf(executor);
        for (int partition = 0; partition < standbys.size(); partition++) {
            if (standbys.get(partition).contains(executor)) {
                kept.add(partition);
            }
        }
        return kept;
    }

    /** The executors that work at a level. */
    Set<ExecutorId> participants(int level) {
        return level == 0 ? sources : new LinkedHashSet<>(owners);
    }
}
