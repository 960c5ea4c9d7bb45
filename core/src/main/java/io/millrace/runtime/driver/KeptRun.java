// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.executor.ExecutorSettings;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeState;
import java.util.List;

/**
 * The last batches of a job, with all that is needed to run them again.
 *
 * @param job how the job was planned
 * @param states the state before the first of the batches
 * @param lost what windows had lost before the first of the batches
 * @param batches the batches in order
 */
public record KeptRun(Job job, List<NodeState> states, List<LostBatch> lost, List<KeptBatch> batches) {

    /**
     * How a job was planned.
     *
     * @param intervalMillis the batch interval that it started with
     * @param zero one interval before its first batch
     * @param replication how many executors kept every block and every state
     * @param executor how executors worked
     * @param operators its operators in order of their numbers
     */
    public record Job(
            long intervalMillis,
            BatchTime zero,
            int replication,
            ExecutorSettings executor,
            List<KeptOperator> operators) {

        /** Copies the operators. */
        public Job {
            operators = List.copyOf(operators);
        }
    }

    /** Copies the lists. */
    public KeptRun {
        states = List.copyOf(states);
        lost = List.copyOf(lost);
        batches = List.copyOf(batches);
    }
}
