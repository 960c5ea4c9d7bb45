// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.DriverEffect.CommitSink;
import io.millrace.runtime.protocol.DriverEffect.Run;
import io.millrace.runtime.protocol.Invariants.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lets a fresh driver end what others left, without faults, and looks whether everything is in state and sinks, once. */
final class Drain {

    private static final int MOST_STEPS = 500;

    private final ProtocolSettings settings;
    private final Broken broken;
    private final DurableProtocol protocol;

    Drain(ProtocolSettings settings, Broken broken) {
        this.settings = settings;
        this.broken = broken;
        this.protocol = new DurableProtocol(settings);
    }

    List<Violation> violations(Durables left) {
        Node fresh = new Node(DriverState.initial(), List.of(), 0, left.segments(), false);
        World world = new World(left, List.of(fresh), Set.of())
                .hear(0, new DriverEvent.Started(left.claims()), protocol, broken);
        Set<DriverEffect> handled = new HashSet<>();
        for (int step = 0; step < MOST_STEPS; step++) {
            World next = next(world, handled);
            if (next.equals(world)) {
                return end(world);
            }
            world = next;
        }
        return List.of(new Violation("V14", "no end after " + MOST_STEPS + " steps"));
    }

    private World next(World world, Set<DriverEffect> handled) {
        if (!world.nodes().get(0).todo().isEmpty()) {
            return world.perform(0, protocol, broken);
        }
        for (DriverEffect message : world.sent()) {
            if (handled.add(message)) {
                return handle(world, message);
            }
        }
        DriverState state = world.nodes().get(0).state();
        return state.waiting().isEmpty() ? world : world.hear(0, new DriverEvent.Due(), protocol, broken);
    }

    private World handle(World world, DriverEffect message) {
        if (message instanceof Run run) {
            World done = world.with(world.durables().run(run, settings.partitions(), broken));
            return done.durables().staged().containsKey(run.attempt())
                    ? done.hear(0, new DriverEvent.AttemptDone(done.durables().part(run.attempt())), protocol, broken)
                    : done;
        }
        CommitSink commit = (CommitSink) message;
        AttemptName attempt = commit.part().attempt();
        return world.with(world.durables().commit(commit, broken))
                .hear(
                        0,
                        new DriverEvent.SinkDone(commit.sink(), attempt.batch(), attempt.partition()),
                        protocol,
                        broken);
    }

    // ---- what must be true then ----

    private List<Violation> end(World world) {
        Durables durables = world.durables();
        DriverState state = world.nodes().get(0).state();
        List<Violation> violations = new ArrayList<>(Invariants.violations(durables.evidence(settings, broken)));
        if (state.phase() != DriverState.Phase.LEADING
                || state.batchesInFlight() > 0
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
        for (int sink = 0; sink < settings.sinks(); sink++) {
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
