// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import java.time.Duration;
import java.util.Optional;

/**
 * How a query runs.
 *
 * @param policy which watermark holds if there are several
 * @param noDataBatches whether a batch without rows runs where that can close state
 * @param idleness how long a watermark may go without a row before it holds the others up no longer; empty for ever
 * @param futureSkew how far ahead of the engine's time an event time may be and still move the watermark; empty for any
 * @param sparkRefusals whether to refuse what Spark refuses although it can be run: several operators with state outside append mode
 */
public record QueryOptions(
        WatermarkPolicy policy,
        boolean noDataBatches,
        Optional<Duration> idleness,
        Optional<Duration> futureSkew,
        boolean sparkRefusals) {

    /** As Spark by default, but without its refusals of what can be run. */
    public static QueryOptions defaults() {
        return new QueryOptions(WatermarkPolicy.MIN, true, Optional.empty(), Optional.empty(), false);
    }

    /** The same with another policy. */
    public QueryOptions withPolicy(WatermarkPolicy newPolicy) {
        return new QueryOptions(newPolicy, noDataBatches, idleness, futureSkew, sparkRefusals);
    }

    /** The same with or without batches that bring no rows. */
    public QueryOptions withNoDataBatches(boolean wanted) {
        return new QueryOptions(policy, wanted, idleness, futureSkew, sparkRefusals);
    }

    /** The same, but a watermark that gets no row for so long is left out of the least of all; positive. */
    public QueryOptions withIdleness(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("the idleness must be positive, but is " + longest);
        }
        return new QueryOptions(policy, noDataBatches, Optional.of(longest), futureSkew, sparkRefusals);
    }

    /** The same, but an event time further ahead than this does not move the watermark; not negative. */
    public QueryOptions withFutureSkew(Duration furthest) {
        if (furthest.isNegative()) {
            throw new IllegalArgumentException("the future skew must not be negative, but is " + furthest);
        }
        return new QueryOptions(policy, noDataBatches, idleness, Optional.of(furthest), sparkRefusals);
    }

    /** The same with Spark's refusals. */
    public QueryOptions withSparkRefusals(boolean wanted) {
        return new QueryOptions(policy, noDataBatches, idleness, futureSkew, wanted);
    }
}
