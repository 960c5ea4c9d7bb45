// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.DriverEffect.CommitSink;
import io.millrace.runtime.protocol.DriverEffect.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes breadth-first through every order in which two drivers, their executors, sinks and a client that sends again can act. In every
 * world the invariants must hold, and a fresh driver that has nothing but what is durable must bring everything that was
 * acknowledged into state and sinks, once.
 */
final class Explorer {

    /**
     * How far it goes.
     *
     * @param records how many records the client sends
     * @param drivers how many drivers there are; those that are not the last go on as zombies
     * @param attempts how many attempts a driver makes at a partition
     */
    record Bounds(int records, int drivers, int attempts, ProtocolSettings settings) {}

    /**
     * What was found.
     *
     * @param worlds how many different worlds were seen
     * @param steps how many steps there are between them
     * @param violations what does not hold in the first bad world; empty if there is none
     * @param trace the shortest way to it
     */
    record Result(int worlds, long steps, List<Invariants.Violation> violations, List<String> trace) {}

    private record Move(String what, World to) {}

    private record Origin(World from, String what) {}

    private final Bounds bounds;
    private final Broken broken;
    private final DurableProtocol protocol;
    private final Drain drain;
    private final Map<World, @Nullable Origin> seen = new HashMap<>();
    private final Set<Durables> sound = new HashSet<>();
    private long steps;

    Explorer(Bounds bounds, Broken broken) {
        this.bounds = bounds;
        this.broken = broken;
        this.protocol = new DurableProtocol(bounds.settings());
        this.drain = new Drain(bounds.settings(), broken);
    }

    Result explore() {
        World start = new World(
                Durables.empty(bounds.settings().sinks()),
                Collections.nCopies(bounds.drivers(), Node.fresh()),
                Set.of());
        Deque<World> open = new ArrayDeque<>(List.of(start));
        seen.put(start, null);
        while (!open.isEmpty()) {
            World world = open.remove();
            List<Invariants.Violation> violations = violations(world);
            if (!violations.isEmpty()) {
                return new Result(seen.size(), steps, violations, trace(world));
            }
            for (Move move : moves(world)) {
                steps++;
                if (!seen.containsKey(move.to())) {
                    seen.put(move.to(), new Origin(world, move.what()));
                    open.add(move.to());
                }
            }
        }
        return new Result(seen.size(), steps, List.of(), List.of());
    }

    private List<Invariants.Violation> violations(World world) {
        List<Invariants.Violation> violations = new ArrayList<>();
        for (Node node : world.nodes()) {
            violations.addAll(Invariants.violations(node.state(), bounds.settings()));
        }
        if (violations.isEmpty() && sound.add(world.durables())) {
            violations.addAll(Invariants.violations(world.durables().evidence(bounds.settings(), broken)));
            if (violations.isEmpty()) {
                violations.addAll(drain.violations(world.durables()));
            }
        }
        return violations;
    }

    private List<String> trace(World world) {
        List<String> trace = new ArrayList<>();
        for (Origin origin = seen.get(world); origin != null; origin = seen.get(origin.from())) {
            trace.add(origin.what());
        }
        Collections.reverse(trace);
        return trace;
    }

    // ---- what can happen next ----

    private List<Move> moves(World world) {
        List<Move> moves = new ArrayList<>();
        for (int index = 0; index < world.nodes().size(); index++) {
            driver(world, index, moves);
        }
        for (DriverEffect message : world.sent()) {
            if (message instanceof Run run) {
                Durables after = world.durables().run(run, bounds.settings().partitions(), broken);
                moves.add(new Move("executor: " + run, world.with(after)));
            } else if (message instanceof CommitSink commit) {
                moves.add(
                        new Move("sink: " + commit, world.with(world.durables().commit(commit, broken))));
            }
        }
        return moves;
    }

    private void driver(World world, int index, List<Move> moves) {
        Node node = world.nodes().get(index);
        DriverState state = node.state();
        if (state.phase() == DriverState.Phase.NEW && node.todo().isEmpty()) {
            boolean others = index == 0 || world.nodes().get(index - 1).state().phase() != DriverState.Phase.NEW;
            if (others) {
                World early = broken == Broken.READ_BEFORE_CLAIM
                        ? world.with(
                                index,
                                new Node(state, List.of(), 0, world.durables().segments(), false))
                        : world;
                hear(early, index, new DriverEvent.Started(world.durables().claims()), moves);
            }
            return;
        }
        if (!node.todo().isEmpty()) {
            todo(world, index, moves);
        }
        if (state.phase() == DriverState.Phase.LEADING) {
            leading(world, index, moves);
        }
    }

    private void todo(World world, int index, List<Move> moves) {
        DriverEffect first = world.nodes().get(index).todo().get(0);
        Node node = world.nodes().get(index);
        if (broken == Broken.CHECK_BEFORE_APPEND && first instanceof DriverEffect.Append append && !node.looked()) {
            World next = world.durables().claims() <= append.epoch()
                    ? world.with(index, node.looked(true))
                    : world.hear(index, new DriverEvent.Fenced(), protocol, broken);
            moves.add(new Move("driver " + index + " looks for a claim before: " + first, next));
            return;
        }
        moves.add(new Move("driver " + index + ": " + first, world.perform(index, protocol, broken)));
    }

    private void leading(World world, int index, List<Move> moves) {
        DriverState state = world.nodes().get(index).state();
        boolean full = broken == Broken.NO_DEDUPLICATION && state.waiting().size() >= 4;
        for (int first = 1; first <= bounds.records() && !full; first++) {
            for (int last = first; last <= bounds.records(); last++) {
                LoggedBlock block = new LoggedBlock(
                        Durables.CLIENT, first, last, bounds.settings().copies());
                hear(world, index, new DriverEvent.Received(block), moves);
            }
        }
        LoggedBlock lone =
                new LoggedBlock(Durables.CLIENT, 1, 1, bounds.settings().copies() - 1);
        hear(world, index, new DriverEvent.Received(lone), moves);
        if (!state.waiting().isEmpty()) {
            hear(world, index, new DriverEvent.Due(), moves);
        }
        for (AttemptName attempt : world.durables().staged().keySet()) {
            if (attempt.epoch() == state.epoch()) {
                hear(world, index, new DriverEvent.AttemptDone(world.durables().part(attempt)), moves);
            }
        }
        for (BatchProgress progress : state.batches()) {
            progress.launched().forEach((partition, launched) -> {
                if (launched < bounds.attempts()) {
                    AttemptName last = new AttemptName(state.epoch(), progress.batch(), partition, launched - 1);
                    hear(world, index, new DriverEvent.AttemptSuspected(last), moves);
                }
            });
            for (BatchProgress.SinkPart part : progress.missing()) {
                if (world.durables().last(part.sink(), part.partition()) >= progress.batch()) {
                    DriverEvent done = new DriverEvent.SinkDone(part.sink(), progress.batch(), part.partition());
                    hear(world, index, done, moves);
                }
            }
        }
    }

    private void hear(World world, int index, DriverEvent event, List<Move> moves) {
        World next = world.hear(index, event, protocol, broken);
        if (!next.equals(world)) {
            moves.add(new Move("driver " + index + " hears " + event, next));
        }
    }
}
