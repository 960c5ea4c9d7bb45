// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.ActorPath;
import akka.dispatch.Mailbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import scala.concurrent.BlockContext;

/**
 * The one thread's worth of execution of a simulation: runs what can run, and lets time pass when nothing can.
 *
 * <p>Whichever thread calls it is the driver while the call lasts; there is one driver at a time.
 */
final class Stepper {

    private static final int KEPT_FAILURES = 100;

    private final RunQueue queue = new RunQueue(this::fromOutside);
    private final VirtualTime time;
    private final Choice choice;
    private final Identities identities;
    private final Trace trace = new Trace();
    private final Freezer freezer = new Freezer();
    private final long maxSteps;
    private final AtomicReference<@Nullable Thread> driver = new AtomicReference<>();
    private volatile Thread home = Thread.currentThread();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final BlockContext blocking = new PumpingBlockContext(this);

    Stepper(SimulationSettings settings) {
        this.time = new VirtualTime(settings.start(), queue::wake);
        this.choice = Choice.of(settings.seed());
        this.identities = new Identities(settings.seed().orElse(0));
        this.maxSteps = settings.maxSteps();
    }

    RunQueue queue() {
        return queue;
    }

    VirtualTime time() {
        return time;
    }

    Identities identities() {
        return identities;
    }

    /** Halts the actors at a path and below it. */
    void freeze(ActorPath path) {
        freezer.freeze(path);
    }

    /** Lets halted actors run again. */
    void thaw(ActorPath path) {
        freezer.thaw(path).forEach(work -> queue.add(work.runnable(), work.handler()));
    }

    /** Lets all halted actors run again. */
    void thawAll() {
        freezer.thawAll().forEach(work -> queue.add(work.runnable(), work.handler()));
    }

    Trace trace() {
        return trace;
    }

    List<Throwable> failures() {
        return new ArrayList<>(failures);
    }

    /** Makes the calling thread the driver while {@code work} runs; refuses a second one. */
    void drive(Runnable work) {
        become(() -> {
            work.run();
            return true;
        });
    }

    /** The result of {@code work}, run as by {@link #drive}, or plainly if the calling thread is the driver already. */
    <T> T driveOrJoin(Supplier<T> work) {
        return driver.get() == Thread.currentThread() ? work.get() : become(work);
    }

    /** The result of {@code wait}, meanwhile another thread may be the driver. */
    <T extends @Nullable Object> T suspend(Supplier<T> wait) {
        Thread current = Thread.currentThread();
        driver.set(null);
        try {
            return wait.get();
        } finally {
            driver.set(current);
            home = current;
        }
    }

    /** Runs until nothing can run without time passing, or {@code enough} says so after a step. */
    boolean untilIdle(BooleanSupplier enough) {
        Object last = "nothing";
        for (long steps = 0; steps < maxSteps; steps++) {
            if (enough.getAsBoolean()) {
                return true;
            }
            RunQueue.Work work = queue.take(this::choose);
            if (work != null) {
                last = work.runnable();
                run(work);
            } else if (time.fireDue()) {
                last = "a timer";
                trace.reached(time.now());
            } else {
                return false;
            }
        }
        throw new IllegalStateException(
                "still not idle after " + maxSteps + " steps at " + time.now() + ", the last one ran " + name(last));
    }

    /** Runs, and lets time pass up to {@code target}, or until {@code enough} says so. */
    boolean until(Instant target, BooleanSupplier enough) {
        time.requireNotPast(target);
        while (true) {
            if (untilIdle(enough)) {
                return true;
            }
            if (!time.fireNext(target)) {
                time.moveTo(target);
                trace.reached(target);
                return false;
            }
            trace.reached(time.now());
        }
    }

    private <T> T become(Supplier<T> work) {
        if (!driver.compareAndSet(null, Thread.currentThread())) {
            throw new IllegalStateException("this simulation is already being run, by " + driver.get());
        }
        home = Thread.currentThread();
        try {
            return BlockContext.withBlockContext(blocking, work::get);
        } finally {
            driver.set(null);
        }
    }

    /** Whether the calling thread is neither the driver, nor, between two drives, the one that was. */
    private boolean fromOutside() {
        Thread current = Thread.currentThread();
        return current != home && current != driver.get();
    }

    private int choose(int size) {
        int index = choice.among(size);
        trace.chose(index, size);
        return index;
    }

    /** What a worker thread of Akka does: the handler hears of it and the thread goes on, unless the JVM is in trouble. */
    private void run(RunQueue.Work work) {
        if (freezer.keeps(work)) {
            return;
        }
        try {
            work.runnable().run();
        } catch (Throwable failure) {
            if (failures.size() < KEPT_FAILURES) {
                failures.add(failure);
            }
            work.handler().uncaughtException(Thread.currentThread(), failure);
            if (failure instanceof VirtualMachineError || failure instanceof LinkageError) {
                throw (Error) failure;
            }
        }
    }

    private static String name(Object runnable) {
        if (runnable instanceof Mailbox mailbox && mailbox.actor() != null) {
            return "the mailbox of " + mailbox.actor().self().path();
        }
        return runnable.toString();
    }
}
