// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.SeededRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final long SECOND = 1_000_000;

    @Test
    void nothingWaitsWithoutALimit() {
        RateLimit limit = new RateLimit(Double.POSITIVE_INFINITY, 0);
        limit.take(1L << 50, 0);

        assertThat(limit.waitMicros(0)).isZero();
    }

    @Test
    void oneAtATimeComesAtTheRate() {
        RateLimit limit = new RateLimit(10, 0);

        assertThat(limit.waitMicros(0)).isZero();
        limit.take(1, 0);
        assertThat(limit.waitMicros(0)).isEqualTo(100_000);
        assertThat(limit.waitMicros(60_000)).isEqualTo(40_000);
        assertThat(limit.waitMicros(100_000)).isZero();
    }

    @Test
    void aLargeChunkIsTakenWholeAndPaidFor() {
        RateLimit limit = new RateLimit(1_000, 0);
        limit.take(5_000, 0);

        assertThat(limit.waitMicros(0)).isEqualTo(5 * SECOND);
        assertThat(limit.waitMicros(5 * SECOND)).isZero();
    }

    @Test
    void aPauseSavesATenthOfASecondsWorthAndNoMore() {
        RateLimit limit = new RateLimit(1_000, 0);
        limit.take(100, 60 * SECOND);
        assertThat(limit.waitMicros(60 * SECOND)).isZero();

        limit.take(1, 60 * SECOND);
        assertThat(limit.waitMicros(60 * SECOND)).isEqualTo(1_000);
    }

    @Test
    void noWaitIsShorterThanAMillisecondAndNothingIsLostByThat() {
        RateLimit limit = new RateLimit(100_000, 0);
        long now = 0;
        long taken = 0;
        while (now < SECOND) {
            long wait = limit.waitMicros(now);
            assertThat(wait == 0 || wait >= 1_000).isTrue();
            now += wait;
            limit.take(1, now);
            taken++;
        }
        assertThat(taken).isBetween(99_000L, 101_000L);
    }

    @Test
    void whateverComesTheRateIsKeptButForABurstAndAChunk() {
        Random random = SeededRandom.of(RateLimitTest.class);
        for (int round = 0; round < 100; round++) {
            double rate = 1 + random.nextInt(10_000);
            RateLimit limit = new RateLimit(rate, 0);
            long now = 0;
            long taken = 0;
            long largest = 0;
            for (int step = 0; step < 200; step++) {
                now += limit.waitMicros(now) + random.nextInt(50_000);
                assertThat(taken).isLessThanOrEqualTo((long) (rate * now / SECOND + rate / 10 + largest + 1));
                if (limit.waitMicros(now) == 0) {
                    long chunk = random.nextInt(1_000);
                    largest = Math.max(largest, chunk);
                    limit.take(chunk, now);
                    taken += chunk;
                }
            }
        }
    }

    @Test
    void aNewRateHoldsAtOnceAndDebtsStay() {
        RateLimit limit = new RateLimit(10, 0);
        limit.take(11, 0);
        limit.rate(100, SECOND);
        assertThat(limit.waitMicros(SECOND)).isEqualTo(10_000);

        limit.rate(0.5, SECOND);
        assertThat(limit.waitMicros(SECOND)).isEqualTo(2 * SECOND);
        limit.rate(Double.POSITIVE_INFINITY, SECOND);
        assertThat(limit.waitMicros(SECOND)).isZero();
    }

    @Test
    void aRateThatIsNotPositiveIsRefused() {
        assertThatThrownBy(() -> new RateLimit(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A rate must be > 0 per second, but is 0.0");
    }
}
