// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import io.millrace.time.TimeSource;
import io.millrace.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that a test moves, and its timer; runs what is due on the test's thread. Thread-safe. */
final class ManualTime implements InstantSource, Timer {

    private final List<Alarm> alarms = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private record Alarm(Instant at, Runnable task) {}

    TimeSource source() {
        return new TimeSource(this, this);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Scheduled at(Instant at, Runnable task) {
        Alarm alarm = new Alarm(at, task);
        alarms.add(alarm);
        return () -> cancel(alarm);
    }

    void advance(Duration duration) {
        due(duration).forEach(alarm -> alarm.task.run());
    }

    synchronized int alarms() {
        return alarms.size();
    }

    private synchronized void cancel(Alarm alarm) {
        alarms.remove(alarm);
    }

    private synchronized List<Alarm> due(Duration duration) {
        now = now.plus(duration);
        List<Alarm> due = alarms.stream()
                .filter(alarm -> !alarm.at.isAfter(now))
                .sorted(Comparator.comparing(Alarm::at))
                .toList();
        alarms.removeAll(due);
        return due;
    }
}
