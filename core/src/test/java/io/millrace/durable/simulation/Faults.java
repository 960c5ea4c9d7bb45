// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.runtime.block.CrashPoint;
import io.millrace.testkit.BatchHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What the plan does to processes: at once, or in the middle of what a process does as soon as it reaches a point. */
final class Faults {

    private static final List<Incarnation.Trip> TRIPS = List.of(Incarnation.Trip.values());
    private static final List<CrashPoint> POINTS = List.of(CrashPoint.values());

    /** After so many milliseconds a process that has replaced a halted one may come to its end. */
    static final int A_WHILE = 300;

    private final World world;
    private final List<Consumer<Incarnation>> forTheNext = new ArrayList<>();

    Faults(World world) {
        this.world = world;
    }

    /** Nothing awaits the next process that starts any more. */
    void areOver() {
        forTheNext.clear();
    }

    /** A process is about to be started. */
    void onStart(Incarnation process) {
        List.copyOf(forTheNext).forEach(fault -> fault.accept(process));
        forTheNext.clear();
    }

    /** Lets a fault strike the process that runs, when its moment has come. */
    void arm(Plan.Step step) {
        if (step.kind() == Plan.Kind.START_FAULT) {
            forTheNext.add(process -> {
                Runnable trip = () -> process.trip(TRIPS.get(step.b() % 3), step.a(), step.b() > 2);
                step.moment().ifPresentOrElse(moment -> process.at(moment, trip), trip);
            });
            return;
        }
        if (step.kind() == Plan.Kind.DISK_FULL && step.moment().isEmpty()) {
            world.say(step.toString());
            fillDisk(step);
            return;
        }
        Incarnation process = world.current();
        if (!World.runs(process)) {
            return;
        }
        world.say(step.toString());
        step.moment()
                .ifPresentOrElse(
                        moment -> process.at(moment, () -> {
                            world.say("process " + process.number() + " is at " + moment.point());
                            strike(process, step);
                        }),
                        () -> strike(process, step));
    }

    private void strike(Incarnation process, Plan.Step step) {
        BatchHarness harness = process.harness();
        switch (step.kind()) {
            case KILL -> world.kill(process);
            case POWER -> world.cutPower(step.a());
            case DISK_KILL -> process.trip(Incarnation.Trip.KILL, step.a(), step.b() % 2 == 1);
            case DISK_POWER -> process.trip(Incarnation.Trip.POWER, step.a(), step.b() % 2 == 1);
            case DISK_FAIL -> process.trip(Incarnation.Trip.FAIL, step.a(), step.b() % 2 == 1);
            case DISK_FULL -> fillDisk(step);
            case ZOMBIE -> replace(process, step);
            case HALTED_ZOMBIE -> halt(process, step);
            case EXECUTOR -> {
                process.disturb();
                harness.crashWhen(POINTS.get(step.b()), step.a());
            }
            case OUTPUT_FAIL -> process.failOutputs(step.a(), step.b() % 2 == 1);
            case OUTPUT_HOLD -> {
                harness.holdOutputs();
                world.after(step.a(), harness::releaseOutputs);
            }
            case STOP -> {
                process.disturb();
                var unused = harness.context().stop(true);
            }
            default -> throw new IllegalArgumentException(step.toString());
        }
    }

    private void fillDisk(Plan.Step step) {
        world.disk().room(step.b());
        world.after(step.a(), () -> world.disk().room(Long.MAX_VALUE));
    }

    private void replace(Incarnation process, Plan.Step step) {
        process.disturb();
        if (step.b() % 2 == 1) {
            // what it has decided waits to be written, and comes when the other one is further
            int interval = world.shape().intervalMillis();
            process.harness().holdOutputs();
            world.after(2L * interval, world::startBeside);
            world.after(4L * interval + step.a(), process.harness()::releaseOutputs);
        } else {
            succeed(process);
        }
    }

    private void halt(Incarnation process, Plan.Step step) {
        process.disturb();
        process.harness().freeze();
        AtomicBoolean halted = new AtomicBoolean(true);
        Runnable goOn = () -> {
            if (halted.getAndSet(false)) {
                world.say("process " + process.number() + " goes on");
                process.harness().thaw();
                world.after(step.a() % A_WHILE, () -> end(step));
            }
        };
        world.after(step.a(), goOn);
        if (step.b() >= 3) {
            Plan.Moment moment = new Plan.Moment(Plan.POINTS.get(step.a() % Plan.POINTS.size()), 0);
            forTheNext.add(next -> next.at(moment, () -> world.soon(goOn)));
        }
        succeed(process);
    }

    private void end(Plan.Step step) {
        if (step.b() % 3 == 1) {
            world.kill(world.current());
        } else if (step.b() % 3 == 2) {
            world.cutPower(step.a());
        }
    }

    /** Starts another process, unless this one was replaced before. */
    private void succeed(Incarnation process) {
        world.soon(() -> {
            if (process == world.current()) {
                world.start();
            }
        });
    }
}
