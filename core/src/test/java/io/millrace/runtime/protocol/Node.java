// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A driver in the explorer.
 *
 * @param state what it knows
 * @param todo what it does next, one after the other
 * @param written how many records it has appended
 * @param readEarly the log as it was when it started; only a mutant goes by it
 * @param looked whether it has looked for a claim before it appends; only a mutant does
 */
record Node(
        DriverState state,
        List<DriverEffect> todo,
        long written,
        SortedMap<Long, List<LogRecord>> readEarly,
        boolean looked) {

    static Node fresh() {
        return new Node(DriverState.initial(), List.of(), 0, new TreeMap<>(), false);
    }

    Node looked(boolean now) {
        return new Node(state, todo, written, readEarly, now);
    }
}
