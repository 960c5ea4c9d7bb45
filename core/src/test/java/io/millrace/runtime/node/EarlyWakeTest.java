// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.SeededRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EarlyWakeTest {

    private final EarlyWake early = new EarlyWake();

    @Test
    void asksForNothingAsLongAsTheThreadIsPunctual() {
        early.woke(0);
        early.woke(-100);

        assertThat(early.nanos()).isZero();
    }

    @Test
    void isEarlyThreeTimesOfFour() {
        Random random = SeededRandom.of(EarlyWakeTest.class);
        int late = 0;
        long spun = 0;
        for (int i = 0; i < 100_000; i++) {
            long lateNanos = 60_000 + random.nextInt(120_000) - early.nanos();
            early.woke(lateNanos);
            if (i >= 1_000) {
                late += lateNanos > 0 ? 1 : 0;
                spun += Math.max(0, -lateNanos);
            }
        }

        assertThat(late / 99_000.0).isBetween(0.2, 0.3);
        assertThat(spun / 99_000).isLessThan(60_000);
    }

    @Test
    void doesNotAskForMoreThanItsBoundHoweverLateTheThreadIs() {
        for (int i = 0; i < 10_000; i++) {
            early.woke(5_000_000);
        }
        assertThat(early.nanos()).isEqualTo(EarlyWake.MOST_NANOS);

        for (int i = 0; i < 10_000; i++) {
            early.woke(-1);
        }
        assertThat(early.nanos()).isZero();
    }
}
