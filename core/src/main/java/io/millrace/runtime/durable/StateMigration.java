// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.durable.JournalEntry.Role;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.state.Column;
import io.millrace.runtime.state.StateDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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

    /** What is said of operators that contradicts the program; empty if nothing does. */
    List<String> problems(Names program) {
        List<String> problems = new ArrayList<>();
        renamed.forEach((from, to) -> {
            if (program.node(to).isEmpty()) {
                problems.add("'" + from + "' is to be called '" + to + "' now, which the program does not have");
            }
            if (program.node(from).isPresent()) {
                problems.add("'" + from + "' is to be called '" + to + "' now, and the program still has a '" + from
                        + "', whose data would go astray: give that one another name");
            }
        });
        for (String name : dropped) {
            if (program.node(name).isPresent()) {
                problems.add("'" + name + "' is to be dropped, and the program has it: give it another name");
            }
        }
        for (String name : migrated.keySet()) {
            OptionalInt node = program.node(name);
            if (node.isEmpty()
                    || program.named(node.getAsInt())
                            .filter(one -> one.role() == Role.STATE)
                            .isEmpty()) {
                problems.add("the state of '" + name + "' is to be migrated, and the program has no such state");
            }
        }
        return problems;
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
