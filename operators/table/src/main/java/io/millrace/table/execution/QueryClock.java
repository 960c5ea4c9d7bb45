// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.plan.Refusals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a batch of the engine is one of the query, and what holds in it. Pure: it is given what it remembers and what came, and
 * answers what to remember and what to do.
 *
 * <p>The rules are Spark's. A batch runs with the watermark that earlier batches left; the rows it brings move the watermark of the next one, never back. Late is what is at or before the
 * watermark of the batch before, closed what is at or before that of this batch. A batch without rows runs if the watermark has moved since the last batch and some state could be closed by it.
 */
final class QueryClock {

    private final int sources;
    private final long[] delayMillis;
    private final WatermarkFlow flow;
    private final QueryOptions options;

    /** See {@link WatermarkFlow#redefined}. */
    private final List<Integer> redefined;

    /**
     * A clock for a query.
     *
     * @param sources how many sources it has
     * @param delayMillis per watermark of the query how late rows may be
     * @param flow how watermarks get to the operators with state
     */
    QueryClock(int sources, long[] delayMillis, WatermarkFlow flow, QueryOptions options) {
        this.sources = sources;
        this.delayMillis = delayMillis.clone();
        this.flow = flow;
        this.options = options;
        this.redefined = options.refusals() == Refusals.NONE ? List.of() : flow.redefined();
    }

    /**
     * What comes of a batch of the engine.
     *
     * @param state what to remember
     * @param frame the frame of the query's batch; empty if it is none
     */
    record Decision(ClockState state, Optional<BatchFrame> frame) {}

    /** What to remember before the first batch. */
    ClockState first(long nowMillis) {
        return ClockState.first(delayMillis.length, nowMillis);
    }

    /**
     * Decides about a batch of the engine.
     *
     * @param state what was remembered
     * @param controls what came, in any order
     * @param nowMillis the engine's time
     */
    Decision step(ClockState state, List<QueryControl> controls, long nowMillis) {
        if (!redefined.isEmpty()
                && redefined.stream().allMatch(node -> state.nodes().get(node) > 0)) {
            // as in Spark, which sees it when the watermark has moved
            throw new QueryExecutionException(
                    "_LEGACY_ERROR_TEMP_3076", "Redefining watermark is disallowed: a query sets one above another");
        }
        Long[] rows = new Long[sources];
        Arrays.fill(rows, 0L);
        EventTimes[] times = new EventTimes[delayMillis.length];
        Arrays.fill(times, EventTimes.NONE);
        for (QueryControl control : controls) {
            if (control instanceof QueryControl.Arrived arrived) {
                rows[arrived.source()] += arrived.rows();
            } else if (control instanceof QueryControl.Passed passed) {
                times[passed.node()] = times[passed.node()].with(passed.times());
            }
        }
        boolean hasData = Arrays.stream(rows).anyMatch(count -> count > 0);
        if (!hasData && !closesSomething(state)) {
            return new Decision(withoutIdle(state, nowMillis), Optional.empty());
        }
        EventTimes all = Arrays.stream(times).reduce(EventTimes.NONE, EventTimes::with);
        BatchFrame frame = new BatchFrame(
                state.nextBatch(),
                state.current() * 1000,
                delayMillis.length > 0,
                flow.at(state.last() * 1000),
                flow.at(state.current() * 1000),
                List.of(rows),
                all);
        return new Decision(advanced(state, times, nowMillis), Optional.of(frame));
    }

    private boolean closesSomething(ClockState state) {
        if (!options.noDataBatches() || state.nextBatch() == 0) {
            return false;
        }
        List<Long> before = flow.at(state.last() * 1000);
        List<Long> now = flow.at(state.current() * 1000);
        for (int operator = 0; operator < now.size(); operator++) {
            if (flow.runsWithoutRows(operator)
                    || (flow.isClosedByWatermark(operator) && now.get(operator) > before.get(operator))) {
                return true;
            }
        }
        return false;
    }

    /** After a batch: the watermarks of what came, and of all of them the one that holds from now on. */
    private ClockState advanced(ClockState state, EventTimes[] times, long nowMillis) {
        List<Long> nodes = new ArrayList<>(state.nodes());
        List<Long> heard = new ArrayList<>(state.heard());
        for (int node = 0; node < times.length; node++) {
            if (times[node].count() > 0) {
                heard.set(node, nowMillis);
                if (times[node].maxMicros() != Long.MIN_VALUE) {
                    long latest = Math.floorDiv(times[node].maxMicros(), 1000L) - delayMillis[node];
                    nodes.set(node, Math.max(nodes.get(node), latest));
                }
            }
        }
        long next = Math.max(state.current(), chosen(nodes, heard, nowMillis));
        return new ClockState(state.nextBatch() + 1, next, state.current(), nodes, heard);
    }

    /** Without a batch only a watermark that has fallen idle can change what holds. */
    private ClockState withoutIdle(ClockState state, long nowMillis) {
        if (options.idleness().isEmpty() || delayMillis.length < 2) {
            return state;
        }
        long next = Math.max(state.current(), chosen(state.nodes(), state.heard(), nowMillis));
        return next == state.current()
                ? state
                : new ClockState(state.nextBatch(), next, state.last(), state.nodes(), state.heard());
    }

    private long chosen(List<Long> nodes, List<Long> heard, long nowMillis) {
        long chosen = ClockState.NONE;
        boolean any = false;
        for (int node = 0; node < nodes.size(); node++) {
            if (isIdle(heard.get(node), nowMillis)) {
                continue;
            }
            // one that no row has passed counts as 0, so that it holds the others up
            long one = nodes.get(node) == ClockState.NONE ? 0 : nodes.get(node);
            if (!any) {
                chosen = one;
            } else {
                chosen = options.policy() == WatermarkPolicy.MIN ? Math.min(chosen, one) : Math.max(chosen, one);
            }
            any = true;
        }
        return chosen;
    }

    private boolean isIdle(long heardMillis, long nowMillis) {
        return options.idleness()
                .map(longest -> nowMillis - heardMillis > longest.toMillis())
                .orElse(false);
    }
}
