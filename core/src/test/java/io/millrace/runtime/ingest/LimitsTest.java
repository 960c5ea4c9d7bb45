// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void withoutLimitsNothingWaits() {
        Limits limits = new Limits(LimitSettings.NONE, 0);
        limits.take(1_000_000, 1_000_000_000, 0);

        assertThat(limits.waitMicros(0)).isZero();
        assertThat(LimitSettings.NONE.countsRecords()).isFalse();
    }

    @Test
    void theStricterOfBothCounts() {
        Limits limits = new Limits(new LimitSettings(10, 1_000, 0, false), 0);

        limits.take(1, 50, 0);
        assertThat(limits.waitMicros(0)).isEqualTo(100_000);
        limits.take(0, 950, 0);
        assertThat(limits.waitMicros(0)).isEqualTo(1_000_000);
    }

    @Test
    void theInitialRateHoldsUntilAnotherIsSetAndOnlyIfRatesAreSet() {
        Limits rated = new Limits(new LimitSettings(0, 0, 10, true), 0);
        rated.take(1, 0, 0);
        assertThat(rated.waitMicros(0)).isEqualTo(100_000);
        rated.rate(20, 0);
        assertThat(rated.waitMicros(0)).isEqualTo(50_000);

        Limits unrated = new Limits(new LimitSettings(0, 0, 10, false), 0);
        unrated.take(1, 0, 0);
        assertThat(unrated.waitMicros(0)).isZero();
    }

    @Test
    void noRateIsAboveTheHardLimit() {
        Limits limits = new Limits(new LimitSettings(10, 0, 1_000, true), 0);
        limits.take(1, 0, 0);
        assertThat(limits.waitMicros(0)).isEqualTo(100_000);
        limits.rate(1_000, 0);
        assertThat(limits.waitMicros(0)).isEqualTo(100_000);
    }
}
