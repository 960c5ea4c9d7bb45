// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.State;
import java.util.function.ToLongFunction;

/**
 * How many rows the state of a partition has where a key may have several: a number that stands in the state itself, under a key that no row has, so that it is taken back, replicated
 * and restored with it. For one task.
 */
public final class RowCount {

    /** Values of rows begin with 0 or 1 where they are keys. */
    private static final GroupKey KEY = new GroupKey(0, new byte[] {-1});

    private final State<GroupKey, Object> state;
    private final ToLongFunction<byte[]> rowsOf;
    private int entry;
    private long before;
    private long rows;

    /**
     * Of a state whose values are bytes.
     *
     * @param rowsOf how many rows a value has
     */
    public RowCount(State<GroupKey, Object> state, ToLongFunction<byte[]> rowsOf) {
        this.state = state;
        this.rowsOf = rowsOf;
    }

    /** Whether an entry is one of rows, and not this number. */
    public static boolean isRows(State<GroupKey, Object> state, int entry) {
        return state.isLive(entry) && state.value(entry) instanceof byte[];
    }

    /** A batch begins. All keys are gone through only if the number is not there yet. */
    public void begin() {
        entry = state.find(KEY, KEY.stableHash());
        before = entry < 0 ? 0 : (Long) state.value(entry);
        rows = before;
        for (int other = 0; entry < 0 && other < state.bound(); other++) {
            rows += isRows(state, other) ? rowsOf.applyAsLong((byte[]) state.value(other)) : 0;
        }
    }

    /** So many rows came, or with a negative number went. */
    public void add(long more) {
        rows += more;
    }

    /** The batch ends. */
    public void end() {
        if (rows == before) {
            return;
        }
        if (entry < 0) {
            state.insert(KEY, KEY.stableHash(), rows);
        } else {
            state.setLong(entry, rows);
        }
    }

    /** How many there are. */
    public long rows() {
        return rows;
    }
}
