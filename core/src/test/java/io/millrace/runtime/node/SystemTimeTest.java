// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.time.TimeSource;
import io.millrace.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waits for the timer, never for a time: only the order of what happens is looked at. */
class SystemTimeTest {

    private static final int MOST_MILLIS = 20_000;

    private final SystemTime system = new SystemTime("system-time-test");
    private final TimeSource time = system.source();

    @AfterEach
    void close() {
        system.close();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void itNeverGoesBack() {
        Instant last = time.now();
        for (int i = 0; i < 100_000; i++) {
            Instant now = time.now();
            assertThat(now).isAfterOrEqualTo(last);
            last = now;
        }
    }

    @Test
    void allItsSourcesAgree() {
        TimeSource other = system.source();
        Instant first = time.now();
        Instant second = other.now();

        assertThat(second).isAfterOrEqualTo(first);
        assertThat(time.now()).isAfterOrEqualTo(second);
        assertThat(time.micros() / 1_000).isLessThanOrEqualTo(time.millis());
    }

    @Test
    void theTimerDoesNotFireBeforeItsTime() throws Exception {
        CountDownLatch fired = new CountDownLatch(1);
        List<Instant> when = Collections.synchronizedList(new ArrayList<>());
        Instant at = time.now().plusMillis(20);

        time.timer().at(at, () -> {
            when.add(time.now());
            fired.countDown();
        });

        await(fired);
        assertThat(when.get(0)).isAfterOrEqualTo(at);
    }

    @Test
    void aPunctualTimerDoesNotFireBeforeItsTimeThoughItsThreadWakesEarly() throws Exception {
        List<Duration> late = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 50; i++) {
            CountDownLatch fired = new CountDownLatch(1);
            Instant at = time.now().plusMillis(2);
            time.timer().punctuallyAt(at, () -> {
                late.add(Duration.between(at, time.now()));
                fired.countDown();
            });
            await(fired);
        }

        assertThat(late).hasSize(50).noneMatch(Duration::isNegative);
    }

    @Test
    void whatIsPastIsRunAtOnceAndOnTheTimersThread() throws Exception {
        CountDownLatch fired = new CountDownLatch(1);
        List<String> threads = Collections.synchronizedList(new ArrayList<>());

        time.timer().at(Instant.EPOCH, () -> {
            threads.add(Thread.currentThread().getName() + " "
                    + Thread.currentThread().isDaemon());
            fired.countDown();
        });

        await(fired);
        assertThat(threads).containsExactly("system-time-test true");
    }

    /** Something to do before a time, so many milliseconds from now: done again with more of them if this thread was kept from it for so long. */
    private interface Attempt {
        void before(Instant at, int millis) throws Exception;
    }

    private Instant inTime(Attempt attempt) throws Exception {
        for (int millis = 20; millis <= MOST_MILLIS; millis *= 2) {
            Instant at = time.now().plusMillis(millis);
            attempt.before(at, millis);
            if (time.now().isBefore(at)) {
                return at;
            }
        }
        throw new AssertionError("this thread does not get to anything within " + MOST_MILLIS + " ms");
    }

    @Test
    void whatIsEarlierIsRunFirst() throws Exception {
        List<List<Integer>> orders = new ArrayList<>();
        List<CountDownLatch> fired = new ArrayList<>();

        var unused = inTime((at, millis) -> {
            CountDownLatch all = new CountDownLatch(3);
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            for (int i : new int[] {3, 1, 2}) {
                time.timer().at(at.plusMillis(i * (long) millis), () -> {
                    order.add(i);
                    all.countDown();
                });
            }
            orders.add(order);
            fired.add(all);
        });

        await(fired.get(fired.size() - 1));
        assertThat(orders.get(orders.size() - 1)).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsTakenBackIsNotRun() throws Exception {
        List<AtomicBoolean> ran = new ArrayList<>();
        CountDownLatch later = new CountDownLatch(1);

        Instant due = inTime((at, millis) -> {
            AtomicBoolean mine = new AtomicBoolean();
            ran.add(mine);
            Timer.Scheduled scheduled = time.timer().at(at, () -> mine.set(true));
            scheduled.cancel();
            scheduled.cancel();
        });
        time.timer().at(due.plusMillis(1), later::countDown);

        await(later);
        assertThat(ran.get(ran.size() - 1)).isFalse();
    }

    @Test
    void afterItIsClosedNothingIsRunAndNothingIsRefused() {
        AtomicBoolean ran = new AtomicBoolean();
        system.close();

        Timer.Scheduled scheduled = time.timer().at(Instant.EPOCH, () -> ran.set(true));
        scheduled.cancel();
        system.close();

        assertThat(ran).isFalse();
        assertThat(time.now()).isNotNull();
    }
}
