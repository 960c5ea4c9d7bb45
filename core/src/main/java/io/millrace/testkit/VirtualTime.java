// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.time.TimeSource;
import io.millrace.time.Timer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until it is moved, and the timer that goes by it.
 *
 * <p>What is due runs in the order of (time, order of asking), on the thread that moves the clock. Any thread may read
 * the clock, and set and cancel timers; only one at a time may move it.
 */
public final class VirtualTime implements InstantSource, Timer {

    private static final Comparator<Alarm> ORDER =
            Comparator.comparing((Alarm alarm) -> alarm.at).thenComparingLong(alarm -> alarm.sequence);

    private final Object lock = new Object();
    private final TreeSet<Alarm> waiting = new TreeSet<>(ORDER);
    private final Runnable whenDueAtOnce;
    private Instant now;
    private long nextSequence;

    /** A clock that shows {@code start}. */
    public VirtualTime(Instant start) {
        this(start, () -> {});
    }

    /** As above, and tells {@code whenDueAtOnce} when someone asks for a time that is already there. */
    VirtualTime(Instant start, Runnable whenDueAtOnce) {
        this.now = start;
        this.whenDueAtOnce = whenDueAtOnce;
    }

    @Override
    public Instant instant() {
        synchronized (lock) {
            return now;
        }
    }

    /** What the time is. */
    public Instant now() {
        return instant();
    }

    /** This clock and this timer, as the engine takes them. */
    public TimeSource source() {
        return new TimeSource(this, this);
    }

    @Override
    public Scheduled at(Instant at, Runnable task) {
        Alarm alarm;
        boolean due;
        synchronized (lock) {
            alarm = new Alarm(at, nextSequence++, task);
            waiting.add(alarm);
            due = !at.isAfter(now);
        }
        if (due) {
            whenDueAtOnce.run();
        }
        return alarm;
    }

    /** Moves the clock to {@code target}, stopping at every timer on the way to run it. */
    public void advanceTo(Instant target) {
        requireNotPast(target);
        while (fireNext(target)) {
            // the next one
        }
        moveTo(target);
    }

    /** When the next timer is due; empty if nobody waits. */
    public Optional<Instant> next() {
        synchronized (lock) {
            return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first().at);
        }
    }

    /** Moves the clock to the next timer and runs it, if that is due by {@code limit}. */
    boolean fireNext(Instant limit) {
        Alarm alarm = takeNext(limit);
        if (alarm == null) {
            return false;
        }
        alarm.task.run();
        return true;
    }

    /** Runs the next timer, if it is due without moving the clock. */
    boolean fireDue() {
        return fireNext(instant());
    }

    /** Moves the clock past whatever is on the way. */
    void moveTo(Instant target) {
        synchronized (lock) {
            if (target.isAfter(now)) {
                now = target;
            }
        }
    }

    /** Forgets everything that was to run. */
    void clear() {
        synchronized (lock) {
            waiting.clear();
        }
    }

    void requireNotPast(Instant target) {
        Instant present = instant();
        if (target.isBefore(present)) {
            throw new IllegalArgumentException("time only moves forward: it is " + present + ", asked for " + target);
        }
    }

    private @Nullable Alarm takeNext(Instant limit) {
        synchronized (lock) {
            if (waiting.isEmpty() || waiting.first().at.isAfter(limit)) {
                return null;
            }
            Alarm alarm = waiting.first();
            waiting.remove(alarm);
            if (alarm.at.isAfter(now)) {
                now = alarm.at;
            }
            return alarm;
        }
    }

    private final class Alarm implements Scheduled {

        private final Instant at;
        private final long sequence;
        private final Runnable task;

        Alarm(Instant at, long sequence, Runnable task) {
            this.at = at;
            this.sequence = sequence;
            this.task = task;
        }

        @Override
        public void cancel() {
            synchronized (lock) {
                waiting.remove(this);
            }
        }
    }
}
