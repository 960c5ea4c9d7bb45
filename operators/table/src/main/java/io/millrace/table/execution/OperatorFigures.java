// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

/**
 * What an operator with state did in one batch, in one partition.
 *
 * @param operator its number, from the sink towards the sources, from 0
 * @param dropped how many rows were late and left out; groups, where rows are aggregated before they travel
 * @param stateRows how many rows its state has after the batch
 * @param updated how many of them are new or have changed
 * @param removed how many went
 */
public record OperatorFigures(int operator, long dropped, long stateRows, long updated, long removed) {

    /** The sum of two partitions' figures. */
    public OperatorFigures plus(OperatorFigures other) {
        return new OperatorFigures(
                operator,
                dropped + other.dropped,
                stateRows + other.stateRows,
                updated + other.updated,
                removed + other.removed);
    }
}
