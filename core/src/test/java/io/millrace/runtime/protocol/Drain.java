// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.Invariants.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lets a fresh driver end what others left, without faults, and looks whether everything is in state and sinks, once. */
final class Drain {

    private static final int MOST_STEPS = 500;

    private final Bounds bounds;
    private final Broken broken;
    private final Universe universe;
    private final Set<Integer> arrived = new HashSet<>();

    Drain(Bounds left, Broken broken) {
        this.bounds = new Bounds(0, 1, 1, false, left.settings());
        this.broken = broken;
        this.universe = new Universe(bounds, broken);
    }

    List<Violation> violations(Durables left) {
        arrived.clear();
        int[] world = universe.after(universe.start(left), 0, new Move.Opens());
        for (int step = 0; step < MOST_STEPS; step++) {
            int[] next = next(world);
            if (Arrays.equals(next, world)) {
                return end(world);
            }
            world = next;
        }
        return List.of(new Violation("V14", "no end after " + MOST_STEPS + " steps"));
    }

    private int[] next(int[] world) {
        for (int message : universe.sent(world)) {
            int[] next = universe.deliver(world, message);
            if (arrived.add(message) && !Arrays.equals(next, world)) {
                return next;
            }
        }
        for (Move move : universe.moves(world, 0)) {
            int[] next = universe.after(world, 0, move);
            if (!Arrays.equals(next, world)) {
                return next;
            }
        }
        return world;
    }

    // ---- what must be true then ----

    private List<Violation> end(int[] world) {
        Durables durables = universe.durables(world);
        DriverState state = universe.node(world, 0).state();
        List<Violation> violations =
                new ArrayList<>(Invariants.violations(durables.evidence(bounds.settings(), broken)));
        if (state.phase() != DriverState.Phase.LEADING
                || !state.batches().isEmpty()
                || !state.waiting().isEmpty()) {
            violations.add(new Violation("V14", "a fresh driver is stuck: " + state));
        }
        SortedSet<Long> expected = new TreeSet<>();
        for (long number = 1; number <= durables.acknowledged(); number++) {
            expected.add(number);
        }
        List<Long> inState = new ArrayList<>();
        for (Part part : state.lastParts()) {
            Durables.StateFile file = durables.states().get(Durables.file(part.attempt(), broken));
            inState.addAll(file == null ? List.of() : file.records());
        }
        once(inState, expected, "state", violations);
        for (int sink = 0; sink < bounds.settings().sinks(); sink++) {
            sink(durables, state, sink, expected, inState, violations);
        }
        return violations;
    }

    private void sink(
            Durables durables,
            DriverState state,
            int sink,
            SortedSet<Long> expected,
            List<Long> inState,
            List<Violation> violations) {
        if (broken.isLastValue()) {
            for (Part part : state.lastParts()) {
                if (!durables.sinks().get(sink).contains(part.attempt())) {
                    violations.add(new Violation(
                            "V6", "sink " + sink + " has an older value than " + part + ": " + durables.sinks()));
                }
            }
            return;
        }
        List<Long> inSink = new ArrayList<>();
        for (AttemptName attempt : durables.sinks().get(sink)) {
            inSink.addAll(durables.staged().getOrDefault(attempt, List.of()));
        }
        once(inSink, expected, "sink " + sink, violations);
        if (!new TreeSet<>(inSink).equals(new TreeSet<>(inState))) {
            violations.add(new Violation("V6", "sink " + sink + " has " + inSink + ", the state has " + inState));
        }
    }

    private static void once(List<Long> found, SortedSet<Long> expected, String where, List<Violation> violations) {
        if (!new HashSet<>(found).containsAll(expected)) {
            violations.add(new Violation("V3", "lost in " + where + ": it has " + found + " of " + expected));
        }
        if (new HashSet<>(found).size() < found.size()) {
            violations.add(new Violation("V8", "twice in " + where + ": " + found));
        }
    }
}
