// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.batch.BatchClock;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeState;
import java.util.List;

/**
 * Batches that are to run again at the times at which they ran.
 *
 * @param zero one interval before the first batch of the job that ran
 * @param batches the batches in order
 * @param states the state before the first of them
 * @param lost what windows had lost before the first of them
 */
public record Rerun(BatchTime zero, List<BatchClock.Due> batches, List<NodeState> states, List<LostBatch> lost) {

    /** Copies the lists. */
    public Rerun {
        batches = List.copyOf(batches);
        states = List.copyOf(states);
        lost = List.copyOf(lost);
    }
}
