// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.block.BlockLocation;
import io.millrace.runtime.executor.Collected;
import io.millrace.runtime.executor.KeptStates;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeFailure;
import io.millrace.runtime.executor.NodeState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The last batches and the state before the first of them. A batch that goes hands its changes of state on, so that the state is always
 * that before the first batch that is left. Used by the driver's thread only.
 */
final class KeptBatches {

    /** What a changed key, or a record of an output, is taken to need in memory. */
    private static final long ESTIMATE_BYTES = 64;

    /**
     * A batch that is kept.
     *
     * @param failedNodes the operators whose changes of state do not count
     * @param lost what windows had lost before it
     */
    record Kept(
            BatchTime batch,
            int absorbed,
            List<BlockLocation> blocks,
            List<Collected> collected,
            List<NodeFailure> failures,
            List<NodeState> changes,
            Set<Integer> failedNodes,
            List<LostBatch> lost) {

        long bytes() {
            long bytes = 0;
            for (BlockLocation block : blocks) {
                bytes += block.info().bytes();
            }
            for (Collected part : collected) {
                bytes += part.records().size() * ESTIMATE_BYTES;
            }
            for (NodeState change : changes) {
                bytes += change.keys() * ESTIMATE_BYTES;
            }
            return bytes;
        }
    }

    private final KeepSettings limits;
    private final KeptStates states;
    private final Deque<Kept> batches = new ArrayDeque<>();
    private long bytes;

    /** None yet; {@code states} is the state before the first batch of the job. */
    KeptBatches(KeepSettings limits, KeptStates states) {
        this.limits = limits;
        this.states = states;
    }

    /** Keeps a batch that is done; answers those that must go for it, which may be itself if it is larger than all that may be kept. */
    List<BatchTime> add(Kept batch) {
        batches.addLast(batch);
        bytes += batch.bytes();
        List<BatchTime> gone = new ArrayList<>();
        while (batches.size() > limits.batches() || bytes > limits.bytes()) {
            Kept oldest = batches.removeFirst();
            bytes -= oldest.bytes();
            states.apply(oldest.changes(), oldest.failedNodes());
            gone.add(oldest.batch());
        }
        return gone;
    }

    /** The batches that are kept, in order. */
    List<Kept> batches() {
        return List.copyOf(batches);
    }

    /** A copy of the state before the first of them. */
    KeptStates statesBefore() {
        return states.copy();
    }
}
