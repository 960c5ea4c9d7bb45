// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateScheduleTest {

    @Test
    void countsWhatIsDueBeforeATime() {
        RateSchedule ten = new RateSchedule(10, 0);

        assertThat(ten.dueBefore(0)).isZero();
        assertThat(ten.dueBefore(1)).isEqualTo(1);
        assertThat(ten.dueBefore(100)).isEqualTo(1);
        assertThat(ten.dueBefore(101)).isEqualTo(2);
        assertThat(ten.dueBefore(1000)).isEqualTo(10);
        assertThat(new RateSchedule(3, 0).dueBefore(500)).isEqualTo(2);
    }

    @Test
    void doesNotDriftInAHundredYears() {
        long hundredYears = 36_525L * 24 * 3600;

        assertThat(new RateSchedule(100_000_000, 0).dueBefore(hundredYears * 1000))
                .isEqualTo(hundredYears * 100_000_000);
        assertThat(new RateSchedule(7, 0).dueBefore(hundredYears * 1000)).isEqualTo(hundredYears * 7);
    }

    @Test
    void bringsHalfAsMuchWhileTheRateGrows() {
        RateSchedule ramp = new RateSchedule(100, 10_000);

        assertThat(ramp.dueBefore(1000)).isEqualTo(5);
        assertThat(ramp.dueBefore(5000)).isEqualTo(125);
        assertThat(ramp.dueBefore(10_000)).isEqualTo(500);
        assertThat(ramp.dueBefore(11_000)).isEqualTo(600);
    }

    @Test
    void saysOfEveryRecordThatItIsDueBeforeTheTimeThatCountsIt() {
        for (RateSchedule schedule : new RateSchedule[] {
            new RateSchedule(1, 0), new RateSchedule(7, 0), new RateSchedule(7, 3333), new RateSchedule(1000, 777)
        }) {
            for (long millis = 1; millis < 9000; millis += 13) {
                long due = schedule.dueBefore(millis);
                if (due > 0) {
                    assertThat(schedule.dueMicros(due - 1)).isLessThan(millis * 1000);
                }
                assertThat(schedule.dueMicros(due)).isGreaterThanOrEqualTo(millis * 1000 - 1);
            }
        }
    }
}
