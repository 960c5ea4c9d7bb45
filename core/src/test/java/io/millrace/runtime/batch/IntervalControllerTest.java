// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalControllerTest {

    private static final long TARGET = 500;
    private static final long MIN = 20;
    private static final long MAX = 2_000;

    private final IntervalController controller = controller();

    private static IntervalController controller() {
        return new IntervalController(
                new LatencyTarget(Duration.ofMillis(TARGET), Duration.ofMillis(MIN), Duration.ofMillis(MAX)));
    }

    /** Batches that take a fixed time and a share of the interval; answers the intervals, the first included. */
    private static List<Long> intervals(
            IntervalController controller, long first, double fixed, double share, int batches) {
        List<Long> intervals = new ArrayList<>(List.of(first));
        for (int i = 0; i < batches; i++) {
            long current = intervals.get(intervals.size() - 1);
            completed(controller, current, current, fixed + share * current)
                    .ifPresent(next -> intervals.add(next.toMillis()));
        }
        return intervals;
    }

    private static Optional<Duration> completed(
            IntervalController controller, long interval, long span, double processing) {
        return controller.completed(
                Duration.ofMillis(interval), Duration.ofMillis(span), Duration.ofNanos(Math.round(processing * 1e6)));
    }

    @Test
    void holdsTheTargetWhereverItBegins() {
        for (double share : new double[] {0, 0.1, 0.3, 0.5, 0.7}) {
            for (long first : new long[] {1, 20, 100, 300, 1_000, 2_000, 60_000}) {
                List<Long> intervals = intervals(controller(), first, 20, share, 30);
                long last = intervals.get(intervals.size() - 1);

                assertThat(last * (1 + share) + 20)
                        .as("latency at %s: %s", share, intervals)
                        .isBetween(0.8 * TARGET, (double) TARGET);
                assertThat(last * share + 20).as("processing at %s", share).isLessThan((double) last);
            }
        }
    }

    @Test
    void atAConstantLoadEveryChangeHasTheSameDirectionAndThereAreFew() {
        double most = Math.log((double) MAX / MIN) / Math.log(1.1) + 1;
        for (double fixed : new double[] {0, 1, 20, 100, 250, 400, 600, 3_000}) {
            for (int percent = 0; percent < 150; percent += 5) {
                double share = percent / 100.0;
                for (long first : new long[] {20, 50, 283, 450, 1_000, 2_000}) {
                    List<Long> intervals = intervals(controller(), first, fixed, share, 500);

                    String description = "fixed " + fixed + ", share " + share + ": " + intervals;
                    assertThat(intervals).as(description).allMatch(interval -> interval >= MIN && interval <= MAX);
                    assertThat((double) intervals.size() - 1).as(description).isLessThan(most);
                    assertThat(directions(intervals)).as(description).isLessThanOrEqualTo(1);
                }
            }
        }
    }

    private static long directions(List<Long> intervals) {
        return IntStream.range(1, intervals.size())
                .map(i -> Long.signum(intervals.get(i) - intervals.get(i - 1)))
                .distinct()
                .count();
    }

    @Test
    void followsAStepOfTheLoadWithinAFewBatches() {
        List<Long> light = intervals(controller, 1_000, 20, 0.1, 100);
        long atRest = light.get(light.size() - 1);
        List<Long> heavy = intervals(controller, atRest, 20, 0.7, 6);
        long last = heavy.get(heavy.size() - 1);
        List<Long> lightAgain = intervals(controller, last, 20, 0.1, 4);

        assertThat(last * 1.7 + 20).isBetween(0.8 * TARGET, (double) TARGET);
        assertThat(lightAgain.get(lightAgain.size() - 1) * 1.1 + 20).isBetween(0.8 * TARGET, (double) TARGET);
    }

    @Test
    void keepsUpRatherThanHoldATargetThatCannotBeHeld() {
        List<Long> intervals = intervals(controller, 100, 200, 0.4, 100);
        long last = intervals.get(intervals.size() - 1);

        assertThat(200 + 0.4 * last).as("%s", intervals).isLessThan(0.99 * last);
    }

    @Test
    void growsToTheLongestIntervalUnderOverload() {
        assertThat(intervals(controller, 100, 20, 1.2, 200)).endsWith(MAX);
    }

    @Test
    void changesNothingForOneBatchThatTakesLong() {
        assertThat(completed(controller, 400, 400, 40)).isEmpty();
        assertThat(completed(controller, 400, 400, 3_000)).isEmpty();
        assertThat(completed(controller, 400, 400, 40)).isEmpty();
        assertThat(completed(controller, 400, 400, 10)).isEmpty();
    }

    @Test
    void takesTheNearerOfWhatTwoBatchesWant() {
        assertThat(completed(controller, 1_000, 1_000, 500)).isEmpty();
        assertThat(completed(controller, 1_000, 1_000, 0)).contains(Duration.ofMillis(556));
    }

    @Test
    void judgesALateBatchByTheTimeInWhichItsRecordsCame() {
        assertThat(completed(controller, 350, 3_500, 1_050)).isEmpty();
        assertThat(completed(controller, 350, 1_050, 315)).isEmpty();
    }

    @Test
    void leavesOutABatchOfLessThanAnInterval() {
        assertThat(completed(controller, 350, 10, 50)).isEmpty();
        assertThat(completed(controller, 350, 10, 50)).isEmpty();
    }

    @Test
    void comesWithinTheBoundsFromOutside() {
        assertThat(intervals(controller, 10_000, 0, 0.9, 2).get(1)).isBetween(MIN, MAX);
        assertThat(intervals(controller(), 1, 0, 0, 2)).containsExactly(1L, 450L);
    }
}
