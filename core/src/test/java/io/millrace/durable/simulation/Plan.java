// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.block.DurablePoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What happens in a run: the job, what clients send and which faults there are. The seed draws all of it; a plan may be made smaller.
 *
 * @param seed of the plan, and of the dice that say who runs next
 * @param shape the job
 * @param steps what happens, in order
 */
record Plan(long seed, Shape shape, List<Step> steps) {

    /** What a step does. */
    enum Kind {
        /** Client {@code a} has {@code b} records more. */
        SEND,
        /** The process dies. */
        KILL,
        /** The power is cut. */
        POWER,
        /** The process dies after {@code a} accesses to the disk. */
        DISK_KILL,
        /** The power is cut after {@code a} accesses to the disk. */
        DISK_POWER,
        /** Another process is started beside the one that runs; if {@code b} is odd its outputs are held for {@code a} ms. */
        ZOMBIE,
        /**
         * The process is halted, another one started, and the first goes on after {@code a} ms, or before, when the other one reaches a
         * point, if {@code b} is 3 or more. Then the other one is killed if {@code b % 3} is 1, and the power cut if it is 2.
         */
        HALTED_ZOMBIE,
        /** Executor {@code a} dies at the crash point {@code b}. */
        EXECUTOR,
        /** The next process that starts dies, or its disk fails, after {@code a} accesses to the disk; {@code b} says which. */
        START_FAULT,
        /** The disk fails after {@code a} accesses. */
        DISK_FAIL,
        /** The disk has {@code b} bytes left for {@code a} ms. */
        DISK_FULL,
        /** The next {@code a} calls of outputs fail, afterwards if {@code b} is odd. */
        OUTPUT_FAIL,
        /** Outputs are held for {@code a} ms. */
        OUTPUT_HOLD,
        /** Client {@code a} loses its connections. */
        DISCONNECT,
        /** The job is stopped gracefully and started again. */
        STOP
    }

    /**
     * The job.
     *
     * @param executors how many executors
     * @param clients what it reads
     * @param blockRecords how many records a block has at most
     * @param keys how many keys there are
     * @param window whether it has a window
     * @param sessions whether it has sessions that time out
     * @param serialize whether messages become bytes
     * @param intervalMillis the batch interval
     * @param snapshotBytes how much the log grows between snapshots
     */
    record Shape(
            int executors,
            List<Client.Kind> clients,
            int blockRecords,
            int keys,
            boolean window,
            boolean sessions,
            boolean serialize,
            int intervalMillis,
            int snapshotBytes) {}

    /**
     * A moment in the life of a process.
     *
     * @param point that it reaches, a {@link CrashPoint} or a {@link DurablePoint}
     * @param passes how often it passes there before
     */
    record Moment(Enum<?> point, int passes) {}

    /**
     * Something happens.
     *
     * @param at after so many milliseconds
     * @param after and so many steps of the simulation more
     * @param moment and not before the process that runs then is there; a process that does not come there is spared
     */
    record Step(int at, int after, Kind kind, int a, int b, Optional<Moment> moment) {

        /** Something that waits for no moment. */
        Step(int at, int after, Kind kind, int a, int b) {
            this(at, after, kind, a, b, Optional.empty());
        }

        boolean isFault() {
            return kind != Kind.SEND;
        }

        /** The same as soon as the process reaches a point: what the disk does, it does to what the process wants of it there. */
        Step at(Moment reached) {
            return new Step(
                    at,
                    after,
                    kind,
                    COUNTING.contains(kind) ? 1 + a % 3 : a,
                    kind == Kind.DISK_FULL ? b % 300 : b,
                    Optional.of(reached));
        }
    }

    /** How long a fault lasts at most. */
    static final int LONGEST_MILLIS = 4_200;

    /** Faults that come so many accesses to the disk later. */
    private static final Set<Kind> COUNTING =
            EnumSet.of(Kind.DISK_KILL, Kind.DISK_POWER, Kind.DISK_FAIL, Kind.START_FAULT);

    /** Faults that can wait until the process is somewhere. */
    private static final Set<Kind> WAITING = EnumSet.of(
            Kind.KILL,
            Kind.POWER,
            Kind.DISK_KILL,
            Kind.DISK_POWER,
            Kind.DISK_FAIL,
            Kind.DISK_FULL,
            Kind.START_FAULT,
            Kind.ZOMBIE,
            Kind.HALTED_ZOMBIE,
            Kind.OUTPUT_FAIL,
            Kind.OUTPUT_HOLD);

    /** Where faults strike. */
    static final List<Enum<?>> POINTS = points();

    /** Where a batch is begun and not done: half of all moments lie there. */
    private static final List<Enum<?>> IN_A_BATCH = List.of(
            DurablePoint.PLAN_LOGGING,
            DurablePoint.PLAN_LOGGED,
            CrashPoint.BATCH_STARTED,
            CrashPoint.TASK_DONE,
            CrashPoint.CHANGES_STAGED,
            DurablePoint.PREPARED_LOGGING,
            DurablePoint.PREPARED_LOGGED,
            DurablePoint.COMMITTED_LOGGING);

    /** All points by which a durable job comes while it runs. */
    private static List<Enum<?>> points() {
        List<Enum<?>> points = new ArrayList<>(List.of(CrashPoint.values()));
        points.addAll(EnumSet.complementOf(EnumSet.of(DurablePoint.STOPPING)));
        return List.copyOf(points);
    }

    /** Copies the steps. */
    Plan {
        steps = List.copyOf(steps);
    }

    /** The plan that the seed draws. */
    static Plan of(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        Shape shape = shape(dice);
        int length = 3_000 + dice.nextInt(6_000);
        List<Step> steps = new ArrayList<>();
        int sends = 4 + dice.nextInt(10);
        for (int i = 0; i < sends; i++) {
            steps.add(new Step(
                    dice.nextInt(length),
                    dice.nextInt(50),
                    Kind.SEND,
                    dice.nextInt(shape.clients().size()),
                    1 + dice.nextInt(12)));
        }
        List<Kind> on = new ArrayList<>(kinds(dice));
        int faults = 1 + dice.nextInt(6);
        for (int i = 0; i < faults; i++) {
            Step fault = fault(dice, on.get(dice.nextInt(on.size())), length);
            boolean waits =
                    WAITING.contains(fault.kind()) && (fault.kind() == Kind.HALTED_ZOMBIE || dice.nextInt(3) > 0);
            steps.add(waits ? fault.at(moment(dice)) : fault);
        }
        steps.sort(Comparator.comparingInt(Step::at));
        return new Plan(seed, shape, steps);
    }

    private static Shape shape(SplittableRandom dice) {
        List<Client.Kind> clients = new ArrayList<>();
        Client.Kind[] kinds = Client.Kind.values();
        clients.add(kinds[dice.nextInt(2)]);
        if (dice.nextInt(2) == 0) {
            clients.add(kinds[dice.nextInt(kinds.length)]);
        }
        return new Shape(
                2,
                List.copyOf(clients),
                1 + dice.nextInt(6),
                1 + dice.nextInt(5),
                dice.nextInt(3) == 0,
                dice.nextInt(3) == 0,
                dice.nextInt(16) == 0,
                dice.nextInt(2) == 0 ? 1000 : 500,
                dice.nextBoolean() ? 1 << 20 : 1 + dice.nextInt(2000));
    }

    /** The kinds of faults that are on. */
    private static Set<Kind> kinds(SplittableRandom dice) {
        Set<Kind> on = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (kind != Kind.SEND && dice.nextInt(3) == 0) {
                on.add(kind);
            }
        }
        if (on.isEmpty()) {
            on.add(Kind.KILL);
        }
        return on;
    }

    private static Step fault(SplittableRandom dice, Kind kind, int length) {
        int at = dice.nextInt(length);
        int after = dice.nextInt(400);
        int millis = LONGEST_MILLIS - dice.nextInt(4_000);
        return switch (kind) {
            case DISK_KILL, DISK_POWER, DISK_FAIL -> new Step(at, after, kind, 1 + dice.nextInt(60), dice.nextInt(2));
            case START_FAULT -> new Step(at, after, kind, 1 + dice.nextInt(40), dice.nextInt(6));
            case EXECUTOR -> new Step(at, after, kind, dice.nextInt(2), dice.nextInt(CrashPoint.values().length));
            case DISK_FULL -> new Step(at, after, kind, millis, dice.nextInt(3000));
            case OUTPUT_FAIL -> new Step(at, after, kind, 1 + dice.nextInt(3), dice.nextInt(2));
            case HALTED_ZOMBIE -> new Step(at, after, kind, millis, dice.nextInt(6));
            default -> new Step(at, after, kind, millis, dice.nextInt(4));
        };
    }

    private static Moment moment(SplittableRandom dice) {
        List<Enum<?>> points = dice.nextBoolean() ? IN_A_BATCH : POINTS;
        return new Moment(points.get(dice.nextInt(points.size())), dice.nextBoolean() ? 0 : dice.nextInt(6));
    }

    /** The same with other steps. */
    Plan with(List<Step> fewer) {
        return new Plan(seed, shape, fewer);
    }

    /** One step a line. */
    String describe() {
        StringBuilder text = new StringBuilder("seed " + seed + ", " + shape);
        steps.forEach(step -> text.append("\n  ").append(step));
        return text.toString();
    }
}
