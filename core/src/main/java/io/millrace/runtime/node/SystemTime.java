// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import io.millrace.time.TimeSource;
import io.millrace.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The real time: the wall clock of the moment it was made, carried on by the monotonic clock, so that it never goes back and never
 * jumps; and a timer with a thread of its own, since an actor system's scheduler is no finer than 10 ms.
 */
public final class SystemTime implements AutoCloseable {

    private final Instant wall = Instant.now();
    private final long nanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor thread;

    /** Begins now; {@code name} is the name of the timer's thread. */
    public SystemTime(String name) {
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        this.thread.setRemoveOnCancelPolicy(true);
        this.thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The clock and the timer. */
    public TimeSource source() {
        InstantSource clock = () -> wall.plusNanos(System.nanoTime() - nanos);
        return new TimeSource(clock, new ThreadTimer(clock, thread, new EarlyWake()));
    }

    private record ThreadTimer(InstantSource clock, ScheduledThreadPoolExecutor thread, EarlyWake early)
            implements Timer {
        @Override
        public Scheduled at(Instant at, Runnable task) {
            return in(nanosUntil(at), task);
        }

        @Override
        public Scheduled punctuallyAt(Instant at, Runnable task) {
            long until = nanosUntil(at);
            long lead;
            synchronized (early) {
                lead = early.nanos();
            }
            if (until <= lead) {
                return in(until, task);
            }
            return in(until - lead, () -> {
                long late = -nanosUntil(at);
                synchronized (early) {
                    early.woke(late);
                }
                while (nanosUntil(at) > 0) {
                    Thread.onSpinWait();
                }
                task.run();
            });
        }

        private long nanosUntil(Instant at) {
            return Duration.between(clock.instant(), at).toNanos();
        }

        private Scheduled in(long nanos, Runnable task) {
            ScheduledFuture<?> future = thread.schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        }
    }

    /** Forgets what was to run, and ends the thread. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
