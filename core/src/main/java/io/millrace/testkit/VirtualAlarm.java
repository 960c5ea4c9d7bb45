// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.Cancellable;
import io.millrace.time.Timer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;

/** Something an actor system wants done once, later. */
final class VirtualAlarm implements Cancellable {

    private enum State {
        WAITING,
        FIRED,
        CANCELLED
    }

    private final VirtualScheduler scheduler;
    private final Runnable task;
    private final ExecutionContext executor;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private volatile Timer.@Nullable Scheduled scheduled;

    VirtualAlarm(VirtualScheduler scheduler, Runnable task, ExecutionContext executor) {
        this.scheduler = scheduler;
        this.task = task;
        this.executor = executor;
    }

    Runnable task() {
        return task;
    }

    void setOn(VirtualTime time, Instant at) {
        scheduled = time.at(at, this::fire);
    }

    @Override
    public boolean cancel() {
        if (!state.compareAndSet(State.WAITING, State.CANCELLED)) {
            return false;
        }
        scheduler.forget(this);
        Timer.Scheduled inQueue = scheduled;
        if (inQueue != null) {
            inQueue.cancel();
        }
        return true;
    }

    @Override
    public boolean isCancelled() {
        return state.get() == State.CANCELLED;
    }

    private void fire() {
        if (state.compareAndSet(State.WAITING, State.FIRED)) {
            scheduler.forget(this);
            try {
                executor.execute(task);
            } catch (RuntimeException refused) {
                executor.reportFailure(refused);
            }
        }
    }
}
