// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.runtime.node.Threads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** The threads of a job in a simulation: tasks run when the simulation is run, outputs one after the other and only while not held. */
final class SimulatedThreads implements Threads {

    private final Executor simulation;
    private final Queue<Runnable> outputs = new ArrayDeque<>();

    /** Guarded by itself. */
    private final List<Runnable> kept = new ArrayList<>();

    /** Guarded by {@link #kept}. */
    private boolean frozen;

    private boolean held;
    private boolean busy;
    private boolean running;

    SimulatedThreads(Executor simulation) {
        this.simulation = simulation;
    }

    @Override
    public Executor slots(String executor, int slots) {
        return this::run;
    }

    /** Runs a task, unless all threads are halted when its turn comes: then it has its turn again when they go on. */
    private void run(Runnable task) {
        simulation.execute(() -> {
            if (!keep(task)) {
                task.run();
            }
        });
    }

    private boolean keep(Runnable task) {
        synchronized (kept) {
            if (frozen) {
                kept.add(task);
            }
            return frozen;
        }
    }

    /** Halts all threads: what is under way comes to its end, nothing else is begun. */
    void freeze() {
        synchronized (kept) {
            frozen = true;
        }
    }

    /** Lets all threads go on. */
    void thaw() {
        List<Runnable> again;
        synchronized (kept) {
            frozen = false;
            again = List.copyOf(kept);
            kept.clear();
        }
        again.forEach(this::run);
    }

    @Override
    public Executor serial(String name) {
        Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
        return task -> {
            queue.add(task);
            run(() -> queue.remove().run());
        };
    }

    @Override
    public Executor outputs() {
        return task -> {
            synchronized (outputs) {
                outputs.add(task);
            }
            runNext();
        };
    }

    @Override
    public void close() {
        // nothing to end
    }

    /** Lets outputs wait, as if the one that runs took long. */
    void holdOutputs() {
        synchronized (outputs) {
            held = true;
        }
    }

    /** Lets outputs run again. */
    void releaseOutputs() {
        synchronized (outputs) {
            held = false;
        }
        runNext();
    }

    /** The output thread works on something: what comes waits until it is done. */
    void busy() {
        synchronized (outputs) {
            busy = true;
        }
    }

    /** The output thread is done with what it worked on. */
    void done() {
        synchronized (outputs) {
            busy = false;
        }
        runNext();
    }

    private void runNext() {
        synchronized (outputs) {
            if (!held && !busy && !running && !outputs.isEmpty()) {
                running = true;
                run(this::runOne);
            }
        }
    }

    private void runOne() {
        Runnable next;
        synchronized (outputs) {
            next = held || busy ? null : outputs.poll();
        }
        try {
            if (next != null) {
                next.run();
            }
        } finally {
            synchronized (outputs) {
                running = false;
            }
            runNext();
        }
    }
}
