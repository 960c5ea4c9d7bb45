// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.state.KeyedTable;
import io.millrace.runtime.state.StateDelta;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The state of one operator in one partition, and what committed batches have yet to do to it: those who ask for the
 * table get it as of the last commit, whoever does the work. For any threads; the table itself is for one at a time.
 */
final class PartitionState {

    private final KeyedTable<Object, Object> table;
    private final Deque<StateDelta<Object, Object>> behind = new ArrayDeque<>();
    private boolean ended;

    PartitionState(KeyedTable<Object, Object> table) {
        this.table = table;
    }

    /** The table, with all that was committed. */
    synchronized KeyedTable<Object, Object> table() {
        catchUp();
        return table;
    }

    /**
     * A batch counts, which may have run here. No more than one batch is ever left to be done: this does what the one before left.
     *
     * @return how many entries the work concerns that is left to {@link #catchUp}
     */
    synchronized int commit() {
        if (!table().isBegun()) {
            return 0;
        }
        ended = true;
        return table.touched();
    }

    /** The running batch is given up, if one runs here. */
    synchronized void rollback() {
        if (table().isBegun()) {
            table.rollback();
        }
    }

    /**
     * The batch counts, and made these changes elsewhere.
     *
     * @return how many entries the work concerns that is left to {@link #catchUp}
     */
    synchronized int commit(StateDelta<Object, Object> delta) {
        behind.add(delta);
        return delta.size();
    }

    /** Does what is left to be done; what fails is left again. */
    synchronized void catchUp() {
        if (ended) {
            ended = false;
            table.commit();
        }
        while (!behind.isEmpty()) {
            table.apply(behind.element());
            behind.remove();
        }
    }
}
