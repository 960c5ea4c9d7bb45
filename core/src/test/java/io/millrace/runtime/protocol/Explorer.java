// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * Goes breadth-first through every order in which two drivers, their executors, sinks and a client that sends again can act. In every
 * world the invariants must hold, and a fresh driver that has nothing but what is durable must bring everything that was
 * acknowledged into state and sinks, once.
 */
final class Explorer {

    /**
     * What was found.
     *
     * @param worlds how many different worlds were seen
     * @param steps how many steps there are between them
     * @param drained from how many different durable things a fresh driver has begun
     * @param violations what does not hold in the first bad world; empty if there is none
     * @param trace the shortest way to it
     */
    record Result(int worlds, long steps, int drained, List<Invariants.Violation> violations, List<String> trace) {}

    /** Takes the worlds that are one step away. */
    private interface Visitor {
        void visit(int[] next, Object what);
    }

    private final Bounds bounds;
    private final Broken broken;
    private final Universe universe;
    private final Drain drain;
    private final Worlds seen = new Worlds();
    private final BitSet soundDurables = new BitSet();
    private final BitSet soundNodes = new BitSet();
    private long steps;

    Explorer(Bounds bounds, Broken broken) {
        this.bounds = bounds;
        this.broken = broken;
        this.universe = new Universe(bounds, broken);
        this.drain = new Drain(bounds, broken);
    }

    Result explore() {
        seen.add(universe.start(Durables.empty(bounds.settings().sinks())), -1);
        for (int number = 0; number < seen.size(); number++) {
            int[] world = seen.world(number);
            int origin = number;
            List<Invariants.Violation> violations = violations(world);
            if (!violations.isEmpty()) {
                return new Result(seen.size(), steps, soundDurables.cardinality(), violations, trace(number));
            }
            visit(world, (next, what) -> {
                steps++;
                seen.add(next, origin);
            });
        }
        return new Result(seen.size(), steps, soundDurables.cardinality(), List.of(), List.of());
    }

    private List<Invariants.Violation> violations(int[] world) {
        List<Invariants.Violation> violations = new ArrayList<>();
        for (int driver = 0; driver < bounds.drivers(); driver++) {
            if (!soundNodes.get(world[driver])) {
                violations.addAll(
                        Invariants.violations(universe.node(world, driver).state(), bounds.settings()));
                soundNodes.set(world[driver]);
            }
        }
        int durable = world[Universe.DURABLES];
        if (violations.isEmpty() && !soundDurables.get(durable)) {
            violations.addAll(Invariants.violations(universe.durables(durable).evidence(bounds.settings(), broken)));
            if (violations.isEmpty()) {
                violations.addAll(drain.violations(universe.durables(durable)));
            }
            soundDurables.set(durable);
        }
        return violations;
    }

    private void visit(int[] world, Visitor visitor) {
        for (int driver = 0; driver < bounds.drivers(); driver++) {
            // which driver is first makes no difference before one of them has begun
            boolean begins = driver == 0 || universe.node(world, driver - 1).stage() != Node.Stage.NEW;
            for (Move move : begins ? universe.moves(world, driver) : List.<Move>of()) {
                int[] next = universe.after(world, driver, move);
                if (!Arrays.equals(next, world)) {
                    visitor.visit(next, "driver " + driver + " " + move);
                }
            }
        }
        for (int message : universe.sent(world)) {
            int[] next = universe.deliver(world, message);
            if (!Arrays.equals(next, world)) {
                visitor.visit(next, universe.message(message));
            }
        }
    }

    private List<String> trace(int last) {
        List<String> trace = new ArrayList<>();
        for (int number = last; seen.origin(number) >= 0; number = seen.origin(number)) {
            int[] to = seen.world(number);
            boolean[] found = new boolean[1];
            visit(seen.world(seen.origin(number)), (next, what) -> {
                if (!found[0] && Arrays.equals(next, to)) {
                    trace.add(what.toString());
                    found[0] = true;
                }
            });
        }
        Collections.reverse(trace);
        return trace;
    }
}
