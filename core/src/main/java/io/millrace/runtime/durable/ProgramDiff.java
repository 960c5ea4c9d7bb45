// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.durable.JournalEntry.Begun;
import io.millrace.runtime.durable.JournalEntry.NamedNode;
import io.millrace.runtime.durable.JournalEntry.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a program would make of a checkpoint.
 *
 * @param problems why it cannot go on from there; empty if it can
 * @param lines all that differs and all that stays, a line each
 */
public record ProgramDiff(List<String> problems, List<String> lines) {

    /** Copies the lists. */
    public ProgramDiff {
        problems = List.copyOf(problems);
        lines = List.copyOf(lines);
    }

    /**
     * Compares, and reads everything that the program would have to read.
     *
     * @param format knows the program's types
     * @throws IOException if a snapshot is needed and cannot be read
     */
    public static ProgramDiff of(
            CheckpointRecords read, JournalFormat format, Program program, StateMigration migration)
            throws IOException {
        History history = read.history(program.names(), migration);
        Restoring restoring = new Restoring(format, history, program);
        var unused = restoring.states(
                read::snapshot,
                read.records().isEmpty() ? 0 : read.records().get(0).sequence());
        restoring.tryTheRest();
        List<String> lines = new ArrayList<>();
        lines.add("job " + read.job() + ", after batch " + history.prepared());
        Optional<Begun> last = read.lastRun();
        if (last.isPresent()) {
            operators(last.get(), CheckpointView.of(read), program, migration, lines);
        }
        List<String> problems = restoring.problems();
        problems.forEach(problem -> lines.add("! " + problem));
        return new ProgramDiff(problems, lines);
    }

    private static void operators(
            Begun last, CheckpointView view, Program program, StateMigration migration, List<String> lines) {
        Map<String, String> held = held(view);
        Set<String> kept = new HashSet<>();
        for (NamedNode node : last.nodes()) {
            String name = node.name();
            String present = migration.nameNow(name);
            String has = held.getOrDefault(name, "nothing");
            if (program.names().node(present).isPresent()) {
                kept.add(present);
                if (node.role() != Role.OTHER || !name.equals(present)) {
                    lines.add((name.equals(present) ? "= " + name : "> " + name + " is now " + present) + ": "
                            + role(node) + ", " + has
                            + (migration.migrated().containsKey(present) ? ", migrated" : ""));
                }
            } else if (node.role() != Role.OTHER) {
                boolean dropped = migration.dropped().contains(name);
                lines.add("- " + name + ": " + role(node) + ", " + has + (dropped ? ", is dropped" : ", is missing"));
            }
        }
        for (NamedNode node : program.names().nodes()) {
            if (node.role() != Role.OTHER && !kept.contains(node.name())) {
                lines.add("+ " + node.name() + ": " + role(node) + ", starts empty");
            }
        }
        lines.add("partitions " + last.partitions()
                + (last.partitions() == program.partitions() ? "" : " would be " + program.partitions()));
        lines.add("interval " + last.intervalMillis() + " ms"
                + (last.intervalMillis() == program.intervalMillis()
                        ? ""
                        : " would be " + program.intervalMillis() + " ms"));
    }

    private static String role(NamedNode node) {
        return switch (node.role()) {
            case SOURCE -> "input";
            case STATE -> "state";
            case OUTPUT -> "output";
            case OTHER -> "operator";
        };
    }

    private static Map<String, String> held(CheckpointView view) {
        Map<String, String> held = new HashMap<>();
        for (CheckpointView.Operator operator : view.operators()) {
            long bytes = operator.snapshotBytes() + operator.changedBytes();
            if (bytes > 0) {
                held.put(operator.name(), bytes + " bytes in partitions " + operator.partitions());
            }
        }
        for (CheckpointView.Source source : view.sources()) {
            if (source.waiting() > 0) {
                held.put(source.name(), source.waiting() + " blocks wait");
            }
        }
        return held;
    }
}
