// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.JournalSeam;
import io.millrace.StreamingContext;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A machine with a disk, the systems around it, and processes that run the job on it, one after the other or beside each other. */
final class World implements AutoCloseable {

    private static final Duration TO_THE_END = Duration.ofMinutes(2);

    private record Later(Instant at, int number, Runnable what) {}

    private final Plan plan;
    private final Mutant mutant;
    private final BatchHarness ground;
    private final Simulation simulation;
    private final Disk disk;
    private final Faults faults = new Faults(this);
    private final List<Client> clients = new ArrayList<>();
    private final Job job;
    private final BrokenFormat.Deeds deeds = new BrokenFormat.Deeds();
    private final List<Incarnation> processes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparing(Later::at).thenComparingInt(Later::number));
    private int numbers;
    private final Queue<Runnable> soon = new ArrayDeque<>();
    private boolean restarting;

    World(Plan plan, Mutant mutant) {
        this.plan = plan;
        this.mutant = mutant;
        this.ground = BatchHarness.builder("ground")
                .seed(plan.seed())
                .startAt(Instant.EPOCH)
                .serializeMessages(plan.shape().serialize())
                .build();
        this.simulation = ground.simulation();
        this.disk = new Disk(mutant);
        for (int i = 0; i < plan.shape().clients().size(); i++) {
            clients.add(new Client(
                    "c" + i, plan.shape().clients().get(i), plan.shape().blockRecords(), mutant, problems));
        }
        this.job = new Job(plan.shape(), clients, mutant);
    }

    /** Runs the plan. */
    static Verdict run(Plan plan, Mutant mutant) {
        try (World world = new World(plan, mutant)) {
            return world.run();
        }
    }

    private Verdict run() {
        try {
            start();
            for (Plan.Step step : plan.steps()) {
                runTo(Instant.ofEpochMilli(step.at()));
                long until = simulation.steps() + step.after();
                runUntil(() -> simulation.steps() >= until, Duration.ofMillis(400));
                doWhatIsDue();
                apply(step);
                supervise();
            }
            finish();
        } catch (RuntimeException | AssertionError e) {
            problems.add("STUCK: " + e);
            for (StackTraceElement at : e.getStackTrace()) {
                if (at.getClassName().startsWith("io.millrace") && happened.size() < 200) {
                    happened.add("  at " + at);
                }
            }
        }
        return new Verdict(
                plan,
                problems,
                happened,
                simulation.traceHash(),
                processes.size(),
                job.records.entries().size());
    }

    Plan.Shape shape() {
        return plan.shape();
    }

    Disk disk() {
        return disk;
    }

    void say(String what) {
        happened.add(simulation.now().toEpochMilli() + " ms: " + what);
    }

    // ---- processes ----

    Incarnation current() {
        return processes.get(processes.size() - 1);
    }

    static boolean runs(Incarnation process) {
        return process.isAlive() && process.harness().context().state() != StreamingContext.State.STOPPED;
    }

    void start() {
        restarting = false;
        Incarnation process = new Incarnation(processes.size());
        processes.add(process);
        AtomicReference<@Nullable WatchedFormat> watched = new AtomicReference<>();
        process.runs(BatchHarness.builder("words")
                .beside(ground)
                .executors(plan.shape().executors())
                .batchInterval(Duration.ofMillis(plan.shape().intervalMillis()))
                .set("block.interval", Duration.ofMillis(100))
                .set("checkpoint.snapshot-bytes", plan.shape().snapshotBytes())
                .set("checkpoint.segment-bytes", 1 << 16)
                .set("max-executor-restarts", 100)
                .checkpoint(disk.of(process))
                .options(builder -> JournalSeam.around(builder, format -> {
                    WatchedFormat watching = new WatchedFormat(format);
                    watched.set(watching);
                    return mutant == Mutant.NONE ? watching : new BrokenFormat(watching, process, mutant, deeds);
                }))
                .build());
        job.define(process);
        faults.onStart(process);
        say("process " + process.number() + " starts");
        boolean wasFull = disk.isFull();
        try {
            process.harness().start();
        } catch (IllegalStateException e) {
            process.die();
            say("process " + process.number() + " cannot start: " + e.getMessage());
            if (!process.isDisturbed() && !wasFull) {
                throw new AssertionError("a process cannot start: " + e.getMessage(), e);
            }
        }
        WatchedFormat read = watched.get();
        if (read != null) {
            problems.addAll(JournalRules.problems(read.entries()));
        }
    }

    /** Has a process that is needed be started a while later. */
    private void supervise() {
        Incarnation process = current();
        if (process.hasCutThePower() && !restarting) {
            cutPower(process.number());
        }
        if (!restarting && !runs(process)) {
            if (process.isAlive() && !process.isDisturbed()) {
                throw new AssertionError("process " + process.number() + " has ended by itself: "
                        + process.harness().events().failures()
                        + process.harness().events().lines());
            }
            say("process " + process.number() + " is gone");
            restarting = true;
            after(100 + Math.floorMod(plan.seed() * 31 + processes.size() * 97L, 1500), this::start);
        }
    }

    void startBeside() {
        current().disturb();
        start();
    }

    /** Kills a process; may be called in the middle of what it does. */
    void kill(Incarnation process) {
        process.die();
        soon(() -> process.harness().context().stop(false));
    }

    /** Cuts the power; may be called in the middle of what a process does. */
    void cutPower(int seed) {
        say("the power is cut");
        processes.forEach(process -> {
            if (process.isAlive()) {
                kill(process);
            }
        });
        disk.cutPower(plan.seed() * 31 + seed);
    }

    // ---- time ----

    void after(long millis, Runnable what) {
        later.add(new Later(simulation.now().plusMillis(millis), numbers++, what));
    }

    /** Has something done as soon as nobody is in the middle of something. */
    void soon(Runnable what) {
        soon.add(what);
    }

    private void doWhatIsDue() {
        while (!soon.isEmpty()) {
            soon.remove().run();
        }
        while (!later.isEmpty() && !later.element().at().isAfter(simulation.now())) {
            later.remove().what().run();
        }
    }

    private void apply(Plan.Step step) {
        if (step.kind() == Plan.Kind.SEND) {
            clients.get(step.a()).send(step.b(), plan.shape().keys());
        } else if (step.kind() == Plan.Kind.DISCONNECT) {
            clients.get(step.a() % clients.size()).disconnect();
        } else {
            faults.arm(step);
        }
    }

    private void runTo(Instant time) {
        while (simulation.now().isBefore(time)) {
            Later next = later.peek();
            Instant stop = next != null && next.at().isBefore(time) ? next.at() : time;
            Instant soon = simulation.now().plusMillis(250);
            Instant target = stop.isBefore(soon) ? stop : soon;
            if (simulation.now().isBefore(target)) {
                runUntil(() -> false, Duration.between(simulation.now(), target));
            }
            doWhatIsDue();
            supervise();
        }
    }

    /** Runs until something holds, the time is over, something is to be done or the process that matters has died. */
    private void runUntil(BooleanSupplier condition, Duration limit) {
        Instant end = simulation.now().plus(limit);
        Incarnation process = current();
        boolean alive = process.isAlive();
        try {
            simulation.runUntil(
                    () -> condition.getAsBoolean() || !soon.isEmpty() || (alive && !process.isAlive()), limit);
        } catch (AssertionError overTime) {
            if (simulation.now().isBefore(end)) {
                throw overTime;
            }
        }
    }

    // ---- the end ----

    private void finish() {
        faults.areOver();
        processes.forEach(Incarnation::spare);
        runTo(simulation.now().plusMillis(Plan.LONGEST_MILLIS + Faults.A_WHILE + 1));
        disk.room(Long.MAX_VALUE);
        processes.forEach(Incarnation::heal);
        say("faults are over");
        if (plan.seed() % 2 == 0) {
            // what the last process has kept to itself does not help: all that counts is in the log
            current().disturb();
            kill(current());
        }
        clients.forEach(client -> client.send(1, plan.shape().keys()));
        Instant end = simulation.now().plus(TO_THE_END);
        Checks checks = new Checks(plan.shape(), clients, job);
        while (!checks.isAllThere() && simulation.now().isBefore(end)) {
            runTo(simulation.now().plusMillis(plan.shape().intervalMillis()));
        }
        if (!checks.isAllThere()) {
            problems.addAll(checks.missing());
            problems.add("STUCK: not everything was processed within " + TO_THE_END + ", the last process is "
                    + current().number() + ": "
                    + current().harness().events().lines().stream()
                            .skip(Math.max(
                                    0, current().harness().events().lines().size() - 12))
                            .toList());
            return;
        }
        Incarnation last = current();
        int batches = last.harness().batches().size() + 2;
        while (last.harness().batches().size() < batches && simulation.now().isBefore(end)) {
            runTo(simulation.now().plusMillis(plan.shape().intervalMillis()));
        }
        if (!runs(last) || last.harness().batches().size() < batches) {
            problems.add("STUCK: the last process makes no more batches: "
                    + last.harness().events().failures());
            return;
        }
        simulation.runUntilIdle();
        problems.addAll(checks.problems(last.harness()));
    }

    @Override
    public void close() {
        processes.forEach(process -> {
            process.die();
            process.harness().context().stop(false);
        });
        ground.close();
    }
}
