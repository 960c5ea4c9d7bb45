// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class PidRateEstimatorTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static PidRateEstimator estimator(double proportional, double integral, double derived, double minRate) {
        return new PidRateEstimator(new PidSettings(true, proportional, integral, derived, minRate), SECOND);
    }

    private static PidRateEstimator byDefault() {
        return estimator(1.0, 0.2, 0.0, 100);
    }

    /** One batch, in milliseconds; -1 = no new rate. */
    private record Batch(long ended, long elements, long processing, long scheduling, double rate) {}

    private static void check(PidRateEstimator estimator, Batch... batches) {
        for (Batch batch : batches) {
            OptionalDouble rate = estimator.compute(
                    batch.ended * 1_000, batch.elements, batch.processing * 1_000, batch.scheduling * 1_000);
            assertThat(rate.orElse(-1)).as("%s", batch).isCloseTo(batch.rate, within(1e-6));
        }
    }

    @Test
    void followsTheSpeedOfTheBatchesWithSparksDefaults() {
        check(
                byDefault(),
                // the first batch: 2000 records/s become the latest rate, and nothing is published
                new Batch(1_100, 1_000, 500, 0, -1),
                // speed 1000, error 2000 - 1000 = 1000: 2000 - 1000
                new Batch(2_100, 1_000, 1_000, 0, 1_000),
                // speed 1000, error 0, historical error 0.5 s * 1000 / 1 s = 500: 1000 - 0.2 * 500
                new Batch(3_100, 1_000, 1_000, 500, 900),
                // speed 2000, error 900 - 2000 = -1100: 900 + 1100
                new Batch(4_100, 900, 450, 0, 2_000),
                // speed 10, error 1990: 10, but no less than 100
                new Batch(5_100, 10, 1_000, 0, 100),
                // speed 50, error 50, historical error 2 s * 50 / 1 s = 100: 100 - 50 - 20 = 30, but no less than 100
                new Batch(6_100, 50, 1_000, 2_000, 100));
    }

    @Test
    void takesTheChangeOfTheErrorIntoAccount() {
        check(
                estimator(1.0, 0.2, 0.1, 100),
                new Batch(1_100, 1_000, 500, 0, -1),
                // error 1000, change (1000 - 0) / 1 s: 2000 - 1000 - 0.1 * 1000
                new Batch(2_100, 1_000, 1_000, 0, 900),
                // error 900 - 1000 = -100, change (-100 - 1000) / 2 s = -550: 900 + 100 + 55
                new Batch(4_100, 1_000, 1_000, 0, 1_055));
    }

    @Test
    void weighsWhatItIsTold() {
        check(
                estimator(0.5, 1.0, 0.0, 1),
                new Batch(1_000, 100, 1_000, 0, -1),
                // speed 200, error -100, historical error 0.1 s * 200 / 1 s = 20: 100 + 50 - 20
                new Batch(2_000, 200, 1_000, 100, 130));
    }

    @Test
    void emptyBatchesAndThoseThatTookNoTimeOrAreNotLaterChangeNothing() {
        check(
                byDefault(),
                new Batch(1_000, 0, 500, 0, -1),
                new Batch(1_000, 1_000, 0, 0, -1),
                new Batch(1_100, 1_000, 500, 0, -1),
                new Batch(1_200, 0, 500, 0, -1),
                new Batch(1_100, 1_000, 1_000, 0, -1),
                new Batch(900, 1_000, 1_000, 0, -1),
                new Batch(1_300, 1_000, 0, 0, -1),
                new Batch(2_100, 1_000, 1_000, 0, 1_000));
    }

    private static final Duration SHORT = Duration.ofMillis(20);

    /** Batches of 20 ms each, all worked on for 20 ms; answers what comes after the first. */
    private static List<Double> rates(PidRateEstimator estimator, IntUnaryOperator elements, long schedulingMillis) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            OptionalDouble rate =
                    estimator.compute(i * 20_000L, elements.applyAsInt(i), 20_000, schedulingMillis * 1_000);
            assertThat(rate.isPresent()).isEqualTo(i > 0);
            rate.ifPresent(rates::add);
        }
        return rates;
    }

    @Test
    void staysAtTheLowestRateWhileMoreAndMorePilesUp() {
        PidRateEstimator estimator = new PidRateEstimator(new PidSettings(true, 1, 1, 0, 5), SHORT);

        assertThat(rates(estimator, i -> 1, 100)).containsOnly(5.0);
    }

    @Test
    void followsTheSpeedUpAndDownWhileNothingPilesUp() {
        PidSettings settings = new PidSettings(true, 1, 1, 0, 10);

        List<Double> up = rates(new PidRateEstimator(settings, SHORT), i -> (i + 1) * 20, 0);
        List<Double> down = rates(new PidRateEstimator(settings, SHORT), i -> (50 - i) * 20, 0);

        for (int i = 1; i < 50; i++) {
            assertThat(up.get(i - 1)).isCloseTo((i + 1) * 1_000, within(1e-6));
            assertThat(down.get(i - 1)).isCloseTo((50 - i) * 1_000, within(1e-6));
        }
    }

    @Test
    void staysBelowTheSpeedWhileSomethingPilesUp() {
        PidRateEstimator estimator = new PidRateEstimator(new PidSettings(true, 1, 0.01, 0, 10), SHORT);

        List<Double> rates = rates(estimator, i -> 100 + i * 37 % 900, 7);

        for (int i = 1; i < 50; i++) {
            assertThat(rates.get(i - 1)).isLessThan((100 + i * 37 % 900) * 50.0);
        }
    }

    @Test
    void theLowestRateMayBeAFractionForJobsThatAreSlow() {
        check(
                estimator(1.0, 0.2, 0.0, 0.25),
                new Batch(1_000, 2, 1_000, 0, -1),
                new Batch(3_000, 1, 2_000, 0, 0.5),
                new Batch(13_000, 1, 10_000, 0, 0.25));
    }

    @Test
    void aDelayWeighsLessInALongerInterval() {
        PidRateEstimator estimator = byDefault();
        check(estimator, new Batch(1_000, 1_000, 1_000, 0, -1));
        estimator.batchInterval(Duration.ofSeconds(2));

        // historical error 0.5 s * 1000 / 2 s = 250: 1000 - 0.2 * 250
        check(estimator, new Batch(2_000, 1_000, 1_000, 500, 950));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> estimator(-1, 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The weights of a PID rate estimator must be >= 0, but are -1.0, 0.0 and 0.0");
        assertThatThrownBy(() -> estimator(1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The lowest rate must be > 0, but is 0.0");
        assertThatThrownBy(() -> byDefault().batchInterval(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The batch interval must be > 0, but is PT0S");
    }
}
