// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.state.StateDelta;

/**
 * Changes, or all, of the state of one operator in one partition.
 *
 * @param node the operator
 * @param partition the partition
 * @param delta the changes
 */
public record NodeState(int node, int partition, StateDelta<Object, Object> delta) {

    /** How many keys it has. */
    public int keys() {
        return delta.size();
    }

    /** The same of an operator that has this number. */
    public NodeState of(int newNode) {
        return new NodeState(newNode, partition, delta);
    }
}
