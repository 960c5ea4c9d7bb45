// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.Cancellable;
import akka.actor.SchedulerException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;

/** Something an actor system wants done at a fixed rate. */
final class VirtualBeat implements Cancellable, Runnable {

    private final VirtualScheduler scheduler;
    private final Duration interval;
    private final Runnable task;
    private final ExecutionContext executor;
    private @Nullable Cancellable next;
    private Instant nextAt = Instant.MIN;
    private boolean cancelled;

    VirtualBeat(VirtualScheduler scheduler, Duration interval, Runnable task, ExecutionContext executor) {
        this.scheduler = scheduler;
        this.interval = interval;
        this.task = task;
        this.executor = executor;
    }

    synchronized void startAt(Instant at) {
        nextAt = at;
        next = scheduler.at(at, this, executor);
    }

    /** Ends the beat if the task fails, as Akka's own scheduler does. */
    @Override
    public void run() {
        try {
            task.run();
            goOn();
        } catch (SchedulerException receiverTerminated) {
            cancel();
        }
    }

    @Override
    public synchronized boolean cancel() {
        if (cancelled) {
            return false;
        }
        cancelled = true;
        if (next != null) {
            next.cancel();
        }
        return true;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    private synchronized void goOn() {
        if (!cancelled && scheduler.isOpen()) {
            startAt(nextAt.plus(interval));
        }
    }
}
