// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.durable.JournalEntry.Begun;
import io.millrace.runtime.durable.JournalEntry.NamedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of a program matters to a checkpoint.
 *
 * @param names its operators
 * @param types its registered records and enums
 * @param partitions how many partitions records are exchanged into
 * @param intervalMillis its batch interval
 * @param countsInBatches an operator, if there is one, that counts in batches, so that the interval must stay
 */
public record Program(
        Names names, List<NamedType> types, int partitions, long intervalMillis, Optional<String> countsInBatches) {

    /** Copies the types. */
    public Program {
        types = List.copyOf(types);
    }

    /** Why it cannot go on from a run; empty if it can, as far as numbers go. */
    List<String> problemsAfter(Begun last, BatchTime zero) {
        List<String> problems = new ArrayList<>();
        if (last.partitions() != partitions) {
            problems.add("there is state in " + last.partitions() + " partitions, and this job would have " + partitions
                    + ": set millrace.partitions = " + last.partitions());
        }
        boolean moved = last.intervalMillis() != intervalMillis || zero.millis() % intervalMillis != 0;
        if (moved) {
            countsInBatches.ifPresent(name -> problems.add("the operator '" + name + "' counts in batches of "
                    + intervalMillis + " ms, and the batches in the checkpoint are of " + last.intervalMillis()
                    + " ms: set the interval to that"));
        }
        return problems;
    }

    /** The types that cannot be read as the run has written them, and why. */
    Map<String, String> changedSince(Begun last) {
        Map<String, List<String>> now = new TreeMap<>();
        types.forEach(type -> now.put(type.name(), type.components()));
        Map<String, String> changed = new TreeMap<>();
        for (NamedType then : last.types()) {
            List<String> components = now.get(then.name());
            if (components != null && !canRead(then.components(), components)) {
                changed.put(
                        then.name(),
                        "the record '" + then.name() + "' was " + then.components() + " and is " + components
                                + "; give the new one another name, register both, and migrate the state");
            }
        }
        return changed;
    }

    /** Components are read by their place; one that moved, or that another primitive type has taken the place of, would be misread. */
    private static boolean canRead(List<String> then, List<String> now) {
        if (then.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < then.size(); i++) {
            String[] old = then.get(i).split(":", 2);
            String[] present = now.get(i).split(":", 2);
            boolean moved = !old[0].equals(present[0])
                    && now.stream().anyMatch(component -> component.startsWith(old[0] + ":"));
            boolean retyped = !old[1].equals(present[1]) && (isPrimitive(old[1]) || isPrimitive(present[1]));
            if (moved || retyped) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrimitive(String type) {
        return type.indexOf('.') < 0 && Character.isLowerCase(type.charAt(0)) && !type.endsWith("]");
    }
}
