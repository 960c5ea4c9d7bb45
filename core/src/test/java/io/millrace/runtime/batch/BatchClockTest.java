// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.SeededRandom;
import io.millrace.operator.BatchTime;
import io.millrace.runtime.batch.BatchClock.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchClockTest {

    private static BatchClock clock(long intervalMillis, long startMillis) {
        return new BatchClock(Duration.ofMillis(intervalMillis), Instant.ofEpochMilli(startMillis), time -> true);
    }

    private static Due due(long millis, int absorbed) {
        return new Due(new BatchTime(millis), absorbed);
    }

    @Test
    void theFirstBatchIsAtTheNextMultipleOfTheIntervalSinceTheEpoch() {
        BatchClock clock = clock(1_000, 1_234_567);

        assertThat(clock.zero()).isEqualTo(new BatchTime(1_234_000));
        assertThat(clock.next()).isEqualTo(new BatchTime(1_235_000));
    }

    @Test
    void aStartExactlyOnAMultipleHasItsFirstBatchAWholeIntervalLater() {
        assertThat(clock(1_000, 5_000).next()).isEqualTo(new BatchTime(6_000));
    }

    @Test
    void batchesBeforeTheEpochAreAlignedToo() {
        assertThat(clock(1_000, -1).next()).isEqualTo(new BatchTime(0));
    }

    @Test
    void nothingIsDueBeforeTheEndOfTheInterval() {
        BatchClock clock = clock(1_000, 0);

        assertThat(clock.take(999)).isEmpty();
        assertThat(clock.take(1_000)).contains(due(1_000, 0));
        assertThat(clock.take(1_000)).isEmpty();
    }

    @Test
    void batchesFollowEachOtherWithoutAGap() {
        BatchClock clock = clock(1_000, 0);

        for (int batch = 1; batch <= 100; batch++) {
            assertThat(clock.take(batch * 1_000L + 17)).contains(due(batch * 1_000L, 0));
        }
    }

    @Test
    void aBatchThatIsLateByLessThanAnIntervalAbsorbsNothing() {
        assertThat(clock(1_000, 0).take(1_999)).contains(due(1_000, 0));
    }

    @Test
    void aLateBatchAbsorbsThoseThatAreDueAlready() {
        BatchClock clock = clock(1_000, 0);

        assertThat(clock.take(5_300)).contains(due(5_000, 4));
        assertThat(clock.next()).isEqualTo(new BatchTime(6_000));
        assertThat(clock.take(5_999)).isEmpty();
    }

    @Test
    void aBatchThatAWindowNeedsIsNeverSkipped() {
        BatchClock clock = new BatchClock(Duration.ofSeconds(1), Instant.EPOCH, time -> time.millis() % 3_000 != 0);

        assertThat(clock.take(10_500)).contains(due(3_000, 2));
        assertThat(clock.take(10_500)).contains(due(6_000, 2));
        assertThat(clock.take(10_500)).contains(due(9_000, 2));
        assertThat(clock.take(10_500)).contains(due(10_000, 0));
        assertThat(clock.take(10_500)).isEmpty();
    }

    @Test
    void aNewIntervalHoldsAfterTheNextBatch() {
        BatchClock clock = clock(1_000, 0);
        assertThat(clock.take(1_000)).contains(due(1_000, 0));

        clock.interval(Duration.ofMillis(300));
        assertThat(clock.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(clock.next()).isEqualTo(new BatchTime(2_000));
        assertThat(clock.take(1_500)).isEmpty();
        assertThat(clock.take(2_000)).contains(due(2_000, 0));

        assertThat(clock.interval()).isEqualTo(Duration.ofMillis(300));
        assertThat(clock.take(2_099)).isEmpty();
        assertThat(clock.take(2_100)).contains(due(2_100, 0));
        assertThat(clock.take(2_400)).contains(due(2_400, 0));
    }

    @Test
    void aLateBatchAbsorbsByTheOldIntervalBeforeTheNewOneHolds() {
        BatchClock clock = clock(100, 0);
        clock.interval(Duration.ofSeconds(1));

        assertThat(clock.take(350)).contains(due(300, 2));
        assertThat(clock.take(999)).isEmpty();
        assertThat(clock.take(2_500)).contains(due(2_000, 1));
    }

    @Test
    void ofSeveralNewIntervalsTheLastOneCounts() {
        BatchClock clock = clock(1_000, 0);
        clock.interval(Duration.ofMillis(10));
        clock.interval(Duration.ofMillis(400));

        assertThat(clock.take(1_000)).contains(due(1_000, 0));
        assertThat(clock.next()).isEqualTo(new BatchTime(1_200));
        assertThatThrownBy(() -> clock.interval(Duration.ofNanos(1_500_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIntervalOfOneMillisecondWorks() {
        BatchClock clock = clock(1, 41);

        assertThat(clock.take(41)).isEmpty();
        assertThat(clock.take(42)).contains(due(42, 0));
        assertThat(clock.take(43)).contains(due(43, 0));
        assertThat(clock.take(50)).contains(due(50, 6));
    }

    @Test
    void anIntervalThatIsNotAWholeNumberOfMillisecondsIsRefused() {
        for (Duration wrong : new Duration[] {
            Duration.ZERO, Duration.ofNanos(999_999), Duration.ofNanos(1_500_000), Duration.ofMillis(-5)
        }) {
            assertThatThrownBy(() -> new BatchClock(wrong, Instant.EPOCH, time -> true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(">= 1")
                    .hasMessageContaining(wrong.toString());
        }
    }

    @Test
    void whateverTheDelaysEveryIntervalIsABatchOrAbsorbedAndNoneThatIsNeededIsMissing() {
        Random random = SeededRandom.of(BatchClockTest.class);
        for (int round = 0; round < 200; round++) {
            long interval = 1L + random.nextInt(50);
            int every = 1 + random.nextInt(6);
            long start = random.nextInt(1_000_000);
            BatchClock clock = new BatchClock(
                    Duration.ofMillis(interval),
                    Instant.ofEpochMilli(start),
                    time -> (time.millis() / interval) % every != 0);
            long now = start;
            long expected = clock.zero().millis() + interval;
            for (int step = 0; step < 50; step++) {
                now += random.nextInt((int) (4 * interval));
                for (var due = clock.take(now); due.isPresent(); due = clock.take(now)) {
                    long batch = due.get().batch().millis();
                    long first = batch - interval * due.get().absorbed();
                    assertThat(first).isEqualTo(expected);
                    assertThat(batch).isLessThanOrEqualTo(now);
                    for (long skipped = first; skipped < batch; skipped += interval) {
                        assertThat((skipped / interval) % every)
                                .as("%s was needed", skipped)
                                .isNotZero();
                    }
                    expected = batch + interval;
                }
                assertThat(expected).isGreaterThan(now);
            }
        }
    }
}
