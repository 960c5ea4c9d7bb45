// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.AbstractScheduler;
import akka.actor.Cancellable;
import akka.actor.Scheduler;
import akka.actor.SchedulerException;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** The scheduler of an actor system on a simulation: its timers are in the simulation's virtual time. Akka makes it. */
final class VirtualScheduler extends AbstractScheduler implements Closeable {

    private final VirtualTime time;
    private final Set<VirtualAlarm> waiting = new LinkedHashSet<>();
    private boolean closed;

    VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        this(SimulationRegistry.get(config.getString(SimulationConfig.ID)).time());
    }

    VirtualScheduler(VirtualTime time) {
        this.time = time;
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
        return at(time.now().plusNanos(delay.toNanos()), task, executor);
    }

    @Override
    @Deprecated
    public Cancellable schedule(
            FiniteDuration initialDelay, FiniteDuration interval, Runnable task, ExecutionContext executor) {
        VirtualBeat beat = new VirtualBeat(this, Duration.ofNanos(interval.toNanos()), task, executor);
        beat.startAt(time.now().plusNanos(initialDelay.toNanos()));
        return beat;
    }

    @Override
    public double maxFrequency() {
        return Duration.ofSeconds(1).toNanos();
    }

    /** As Akka demands, runs what asked to be run at the end, and forgets the rest. */
    @Override
    public void close() {
        List<VirtualAlarm> left;
        synchronized (waiting) {
            closed = true;
            left = new ArrayList<>(waiting);
            waiting.clear();
        }
        for (VirtualAlarm alarm : left) {
            if (alarm.cancel() && alarm.task() instanceof Scheduler.TaskRunOnClose last) {
                last.run();
            }
        }
    }

    Cancellable at(Instant at, Runnable task, ExecutionContext executor) {
        VirtualAlarm alarm = new VirtualAlarm(this, task, executor);
        synchronized (waiting) {
            if (closed) {
                SchedulerException cause = new SchedulerException("this actor system has terminated");
                throw new IllegalStateException(cause.getMessage(), cause);
            }
            waiting.add(alarm);
        }
        alarm.setOn(time, at);
        return alarm;
    }

    boolean isOpen() {
        synchronized (waiting) {
            return !closed;
        }
    }

    void forget(VirtualAlarm alarm) {
        synchronized (waiting) {
            waiting.remove(alarm);
        }
    }
}
