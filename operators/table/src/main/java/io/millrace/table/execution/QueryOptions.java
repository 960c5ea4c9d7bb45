// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.plan.Refusals;
import java.time.Duration;
import java.util.Optional;

/**
 * How a query runs.
 *
 * @param policy which watermark holds if there are several
 * @param noDataBatches whether a batch without rows runs where that can close state
 * @param idleness how long a watermark may go without a row before it holds the others up no longer; empty for ever
 * @param futureSkew how far ahead of the engine's time an event time may be and still move the watermark; empty for any
 * @param refusals what is refused although it could be run
 */
public record QueryOptions(
        WatermarkPolicy policy,
        boolean noDataBatches,
        Optional<Duration> idleness,
        Optional<Duration> futureSkew,
        Refusals refusals) {

    /** As Spark by default, but several operators with state run in any output mode. */
    public static QueryOptions defaults() {
        return new QueryOptions(
                WatermarkPolicy.MIN, true, Optional.empty(), Optional.empty(), Refusals.BUT_SEVERAL_STATEFUL);
    }

    /** The same with another policy. */
    public QueryOptions withPolicy(WatermarkPolicy newPolicy) {
        return new QueryOptions(newPolicy, noDataBatches, idleness, futureSkew, refusals);
    }

    /** The same with or without batches that bring no rows. */
    public QueryOptions withNoDataBatches(boolean wanted) {
        return new QueryOptions(policy, wanted, idleness, futureSkew, refusals);
    }

    /** The same, but a watermark that gets no row for so long is left out of the least of all; positive. */
    public QueryOptions withIdleness(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("the idleness must be positive, but is " + longest);
        }
        return new QueryOptions(policy, noDataBatches, Optional.of(longest), futureSkew, refusals);
    }

    /** The same, but an event time further ahead than this does not move the watermark; not negative. */
    public QueryOptions withFutureSkew(Duration furthest) {
        if (furthest.isNegative()) {
            throw new IllegalArgumentException("the future skew must not be negative, but is " + furthest);
        }
        return new QueryOptions(policy, noDataBatches, idleness, Optional.of(furthest), refusals);
    }

    /** The same with more or fewer refusals. */
    public QueryOptions withRefusals(Refusals wanted) {
        return new QueryOptions(policy, noDataBatches, idleness, futureSkew, wanted);
    }
}
