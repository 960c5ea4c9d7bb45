// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.state.Column;
import io.millrace.runtime.state.StateDelta;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * What becomes of the state, the outputs and the blocks of an earlier program when a changed one goes on.
 *
 * @param renamed the new names of operators, by their old ones
 * @param dropped operators that are no more: what the log has of them is forgotten
 * @param migrated what makes a new value of a key and an old value, by the new name of the operator
 */
public record StateMigration(
        Map<String, String> renamed, Set<String> dropped, Map<String, BinaryOperator<Object>> migrated) {

    /** The program has not changed in that way. */
    public static final StateMigration NONE = new StateMigration(Map.of(), Set.of(), Map.of());

    /** Copies the collections. */
    public StateMigration {
        renamed = Map.copyOf(renamed);
        dropped = Set.copyOf(dropped);
        migrated = Map.copyOf(migrated);
    }

    /** State with new values, if values of that operator are migrated; {@code name} is its present name. */
    NodeState apply(String name, NodeState state) {
        BinaryOperator<Object> change = migrated.get(name);
        if (change == null) {
            return state;
        }
        StateDelta<Object, Object> delta = state.delta();
        Object[] values = new Object[delta.size()];
        for (int row = 0; row < values.length; row++) {
            if (!delta.isRemoved(row)) {
                values[row] = change.apply(delta.key(row), delta.value(row));
            }
        }
        return new NodeState(
                state.node(),
                state.partition(),
                new StateDelta<>(
                        delta.keys(),
                        delta.hashes(),
                        Column.of(values, values.length),
                        delta.timers(),
                        delta.removed()));
    }

    /** What an operator is called now. */
    String nameNow(String name) {
        return renamed.getOrDefault(name, name);
    }
}
