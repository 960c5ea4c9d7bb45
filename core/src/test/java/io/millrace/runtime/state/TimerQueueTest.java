// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerQueueTest {

    private record Timer(long time, int entry) {}

    private static final Timer NEVER = new Timer(TimerQueue.NONE, -1);

    private final TimerQueue timers = new TimerQueue();

    @Test
    void givesTimersInTheOrderOfTimeAndThenOfEntry() {
        timers.set(7, 10);
        timers.set(3, 10);
        timers.set(5, 9);
        timers.set(1, 11);

        assertThat(take(10)).isEqualTo(5);
        assertThat(take(10)).isEqualTo(3);
        assertThat(take(10)).isEqualTo(7);
        assertThat(take(10)).isEqualTo(-1);
        assertThat(timers.get(1)).isEqualTo(11);
        assertThat(timers.get(3)).isEqualTo(TimerQueue.NONE);
    }

    @Test
    void knowsATimerThatWasMoved() {
        timers.set(1, 10);
        timers.set(2, 20);
        timers.set(1, 30);
        timers.set(2, 5);

        assertThat(take(100)).isEqualTo(2);
        assertThat(take(29)).isEqualTo(-1);
        assertThat(take(30)).isEqualTo(1);
    }

    @Test
    void keepsTheOrderWhenTimersComeWhileOthersOfTheirTimeAreGivenOut() {
        for (int entry = 10; entry > 0; entry--) {
            timers.set(2 * entry, 100);
        }
        assertThat(take(100)).isEqualTo(2);

        timers.set(9, 100);
        timers.set(1, 100);
        timers.set(50, 99);
        timers.set(20, 101);
        timers.set(51, 100);

        int[] order = {50, 1, 4, 6, 8, 9, 10, 12, 14, 16, 18, 51};
        for (int entry : order) {
            assertThat(take(100)).isEqualTo(entry);
        }
        assertThat(take(100)).isEqualTo(-1);
        assertThat(timers.elements()).isEqualTo(1);
        assertThat(take(101)).isEqualTo(20);
    }

    @Test
    void aRunThatWasBegunWaitsForItsTime() {
        timers.set(1, 100);
        timers.set(2, 100);
        assertThat(take(100)).isEqualTo(1);

        assertThat(take(99)).isEqualTo(-1);
        timers.set(3, 98);
        assertThat(take(99)).isEqualTo(3);
        assertThat(take(100)).isEqualTo(2);
    }

    @Test
    void costsNothingToPutATimerOffAgainAndAgain() {
        for (int time = 0; time < 100_000; time++) {
            timers.set(time % 10, time);
        }

        assertThat(timers.elements()).isEqualTo(10);
    }

    @Test
    void boundsTheElementsThatStandForNoTimer() {
        for (int entry = 0; entry < 10_000; entry++) {
            timers.set(entry, entry);
        }
        for (int entry = 0; entry < 9_990; entry++) {
            timers.clear(entry);
        }
        for (int time = 10_000; time > 0; time--) {
            timers.set(9_995, time);
        }

        assertThat(timers.size()).isEqualTo(10);
        assertThat(timers.elements()).isLessThanOrEqualTo(100);
        assertThat(take(20_000)).isEqualTo(9_995);
        assertThat(take(20_000)).isEqualTo(9_990);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsASortedSet(long seed) {
        Random random = new Random(seed);
        int entries = 1 + random.nextInt(2000);
        Map<Integer, Timer> due = new HashMap<>();
        TreeSet<Timer> order =
                new TreeSet<>(Comparator.comparingLong(Timer::time).thenComparingInt(Timer::entry));
        long now = 0;

        for (int step = 0; step < 60_000; step++) {
            int entry = random.nextInt(entries);
            int what = random.nextInt(100);
            if (what < 80) {
                Timer old = due.remove(entry);
                if (old != null) {
                    order.remove(old);
                }
            }
            if (what < 60) {
                Timer timer = new Timer(now + random.nextInt(50) - 5, entry);
                due.put(entry, timer);
                order.add(timer);
                timers.set(entry, timer.time());
            } else if (what < 80) {
                timers.clear(entry);
            } else {
                now += random.nextInt(3);
                Timer expected = !order.isEmpty() && order.first().time() <= now ? order.pollFirst() : NEVER;
                due.remove(expected.entry());
                assertThat(take(now)).as("seed %d, step %d", seed, step).isEqualTo(expected.entry());
            }
            assertThat(timers.get(entry))
                    .isEqualTo(due.getOrDefault(entry, NEVER).time());
            assertThat(timers.size()).isEqualTo(due.size());
            assertThat(timers.elements()).isBetween(due.size(), 2 * due.size() + 64);
        }
    }

    private int take(long now) {
        int entry = timers.due(now);
        if (entry >= 0) {
            timers.clear(entry);
        }
        return entry;
    }
}
