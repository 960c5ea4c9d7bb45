// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import java.util.List;
import java.util.stream.IntStream;

/** What stands behind each step of a plan that has state. */
final class StatefulSteps {

    private StatefulSteps() {}

    /** The operator of a step. */
    static StatefulDescription describe(QueryPlan step, PhysicalQuery query) {
        int number = query.numberOf(step);
        if (step instanceof QueryPlan.Limit limit) {
            return new LimitDescription(number, limit);
        }
        if (step instanceof QueryPlan.Aggregate aggregate) {
            boolean changes = query.givesChanges(aggregate.input());
            return changes || aggregate.calls().stream().anyMatch(AggregateCall::distinct)
                    ? new CountedRowsDescription(number, aggregate, output(step, query), changes)
                    : new AggregateDescription(number, aggregate, output(step, query));
        }
        if (step instanceof QueryPlan.SessionAggregate sessions) {
            refuseChanges(sessions.input(), "sessions", query);
            return new SessionDescription(number, sessions, output(step, query), !query.isLocal());
        }
        if (step instanceof QueryPlan.Deduplicate deduplicate) {
            if (query.givesChanges(deduplicate.input()) && !deduplicate.withinWatermark()) {
                return distinct(number, deduplicate, query);
            }
            refuseChanges(deduplicate.input(), "dropDuplicatesWithinWatermark", query);
            return new DeduplicateDescription(number, deduplicate);
        }
        return JoinSteps.describe(step, query)
                .orElseThrow(() -> new IllegalArgumentException("there is no operator for " + step));
    }

    /** Of rows that may be taken back: a combination is there as long as one of its rows is. */
    private static StatefulDescription distinct(int number, QueryPlan.Deduplicate step, PhysicalQuery query) {
        int columns = step.schema().size();
        if (!step.columns().equals(IntStream.range(0, columns).boxed().toList())) {
            refuseChanges(step.input(), "dropDuplicates of some of the columns", query);
        }
        QueryPlan.Aggregate groups = new QueryPlan.Aggregate(step.input(), step.columns(), List.of(), step.schema());
        return new CountedRowsDescription(number, groups, distinctOutput(step, query), true);
    }

    private static AggregateOutput distinctOutput(QueryPlan.Deduplicate step, PhysicalQuery query) {
        if (query.mode() != OutputMode.COMPLETE) {
            return AggregateOutput.CHANGES;
        }
        return query.isLast(step) ? AggregateOutput.ALL : AggregateOutput.KEPT_CHANGES;
    }

    private static void refuseChanges(QueryPlan input, String what, PhysicalQuery query) {
        if (query.givesChanges(input)) {
            throw new AnalysisException(
                    "_LEGACY_ERROR_TEMP_3102",
                    "There can be no " + what + " over the result of an aggregation that still changes; use append"
                            + " mode with a watermark");
        }
    }

    /** Which rows an aggregation gives. */
    private static AggregateOutput output(QueryPlan step, PhysicalQuery query) {
        if (query.isLocal()) {
            return AggregateOutput.ALL;
        }
        if (query.mode() == OutputMode.APPEND) {
            return AggregateOutput.CLOSED;
        }
        if (!query.isLast(step)) {
            return query.mode() == OutputMode.UPDATE ? AggregateOutput.CHANGES : AggregateOutput.KEPT_CHANGES;
        }
        return query.mode() == OutputMode.UPDATE ? AggregateOutput.CHANGED : AggregateOutput.ALL;
    }

    /** Whether a step gives rows that take earlier rows back. */
    static boolean givesChanges(QueryPlan step, PhysicalQuery query) {
        if (query.isLocal() || query.mode() == OutputMode.APPEND) {
            return false;
        }
        if (step instanceof QueryPlan.Aggregate || step instanceof QueryPlan.SessionAggregate) {
            return !query.isLast(step);
        }
        if (step instanceof QueryPlan.TopN || step instanceof QueryPlan.Join) {
            return JoinSteps.givesChanges(step, query);
        }
        boolean whole = query.mode() == OutputMode.COMPLETE && step instanceof QueryPlan.Deduplicate;
        return !(whole && query.isLast(step)) && step.inputs().stream().anyMatch(query::givesChanges);
    }
}
