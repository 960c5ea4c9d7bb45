// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import java.util.ArrayList;
import java.util.List;

/**
 * What tasks have to give when they are done.
 *
 * @param shuffles rows for partitions of the next levels
 * @param collected records for outputs
 * @param failures operators that failed
 * @param changes what changed in the state
 * @param totals what was counted
 */
record TaskResult(
        List<Shuffle> shuffles,
        List<Collected> collected,
        List<NodeFailure> failures,
        List<NodeState> changes,
        TaskCounts.Totals totals) {

    static final TaskResult EMPTY = new TaskResult(List.of(), List.of(), List.of(), List.of(), TaskCounts.Totals.NONE);

    TaskResult withChanges(List<NodeState> newChanges) {
        return new TaskResult(shuffles, collected, failures, newChanges, totals);
    }

    /** What both have to give. */
    TaskResult plus(TaskResult other) {
        return new TaskResult(
                join(shuffles, other.shuffles),
                join(collected, other.collected),
                join(failures, other.failures),
                join(changes, other.changes),
                totals.plus(other.totals));
    }

    private static <T> List<T> join(List<T> left, List<T> right) {
        if (left.isEmpty()) {
            return right;
        }
        if (right.isEmpty()) {
            return left;
        }
        List<T> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }
}
