// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.plan.QueryPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which batches of the engine are batches of the query, and what the watermark is in them. */
class QueryClockTest {

    private static final QueryPlan PLAN = new QueryPlan.Deduplicate(
            new QueryPlan.Union(
                    List.of(
                            QueryHarness.watched(QueryHarness.events("a"), 0, 10),
                            QueryHarness.watched(QueryHarness.events("b"), 1, 0)),
                    QueryHarness.WATCHED),
            List.of(0),
            false);

    private final List<BatchFrame> frames = new ArrayList<>();
    private ClockState state = ClockState.first(2, 0);

    private static QueryClock clock(QueryOptions options, boolean closes) {
        WatermarkFlow flow = new WatermarkFlow(PLAN, List.of(PLAN), List.of(() -> closes));
        return new QueryClock(2, new long[] {10_000, 0}, flow, options);
    }

    private Optional<BatchFrame> step(QueryClock clock, long nowSeconds, QueryControl... controls) {
        QueryClock.Decision decision = clock.step(state, List.of(controls), nowSeconds * 1000);
        state = decision.state();
        decision.frame().ifPresent(frames::add);
        return decision.frame();
    }

    private static QueryControl rows(int source) {
        return new QueryControl.Arrived(source, 1);
    }

    private static QueryControl at(int node, double seconds) {
        long micros = Math.round(seconds * 1_000_000);
        return new QueryControl.Passed(node, new EventTimes(1, micros, micros, micros / 1000.0));
    }

    @Test
    void theLeastWatermarkHoldsAndAnInputWithoutRowsHoldsItUp() {
        QueryClock clock = clock(QueryOptions.defaults(), true);
        step(clock, 1, rows(0), at(0, 100));
        assertThat(step(clock, 2)).isEmpty();
        step(clock, 3, rows(1), at(1, 50));
        assertThat(step(clock, 4).orElseThrow().watermarkMicros()).isEqualTo(50_000_000);
        assertThat(step(clock, 5)).isEmpty();
        assertThat(frames).extracting(BatchFrame::batchId).containsExactly(0L, 1L, 2L);
        assertThat(frames).extracting(BatchFrame::watermarkMicros).containsExactly(0L, 0L, 50_000_000L);
        assertThat(frames.get(2).lateMicros()).containsExactly(0L);
        assertThat(frames.get(2).evictMicros()).containsExactly(50_000_000L);
    }

    @Test
    void theGreatestHoldsIfThatIsThePolicy() {
        QueryClock clock = clock(QueryOptions.defaults().withPolicy(WatermarkPolicy.MAX), true);
        step(clock, 1, rows(0), at(0, 100));
        assertThat(step(clock, 2).orElseThrow().watermarkMicros()).isEqualTo(90_000_000);
    }

    @Test
    void theWatermarkNeverGoesBackAndIsInMilliseconds() {
        QueryClock clock = clock(QueryOptions.defaults(), true);
        step(clock, 1, rows(0), at(0, 100.0009), at(1, 100));
        step(clock, 2, rows(0), at(0, 50), at(1, 40));
        step(clock, 3, rows(0));
        assertThat(frames).extracting(BatchFrame::watermarkMicros).containsExactly(0L, 90_000_000L, 90_000_000L);
        assertThat(frames.get(1).lateMicros()).containsExactly(0L);
        assertThat(frames.get(2).lateMicros()).containsExactly(90_000_000L);
    }

    @Test
    void noBatchRunsWithoutRowsIfNothingCouldBeClosedOrItIsNotWanted() {
        QueryClock nothingToClose = clock(QueryOptions.defaults(), false);
        step(nothingToClose, 1, rows(0), at(0, 100), at(1, 100));
        assertThat(step(nothingToClose, 2)).isEmpty();
        state = ClockState.first(2, 0);
        QueryClock unwanted = clock(QueryOptions.defaults().withNoDataBatches(false), true);
        step(unwanted, 1, rows(0), at(0, 100), at(1, 100));
        assertThat(step(unwanted, 2)).isEmpty();
    }

    @Test
    void anInputThatIsIdleHoldsTheOthersUpNoLonger() {
        QueryClock clock = clock(QueryOptions.defaults().withIdleness(Duration.ofSeconds(5)), true);
        step(clock, 1, rows(0), at(0, 100));
        assertThat(step(clock, 4)).isEmpty();
        step(clock, 5, rows(0), at(0, 110));
        assertThat(step(clock, 6)).isEmpty();
        assertThat(step(clock, 7).orElseThrow().watermarkMicros()).isEqualTo(100_000_000);
    }
}
