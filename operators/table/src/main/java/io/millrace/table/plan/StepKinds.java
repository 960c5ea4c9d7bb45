// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

/** What steps of a query over streams are. */
public final class StepKinds {

    private StepKinds() {}

    /** Whether all rows of a step are there before the query starts. */
    public static boolean isFinite(QueryPlan step) {
        return step instanceof QueryPlan.Scan scan
                ? !scan.streaming()
                : step.inputs().stream().allMatch(StepKinds::isFinite);
    }

    /** Whether a step remembers anything from batch to batch in a query of this mode. */
    public static boolean isStateful(QueryPlan step, OutputMode mode) {
        if (step instanceof QueryPlan.Join join) {
            return !isFinite(join.left()) && !isFinite(join.right());
        }
        if (step instanceof QueryPlan.Limit) {
            return mode != OutputMode.COMPLETE || !WholeResults.changes(step);
        }
        return step instanceof QueryPlan.Aggregate
                || step instanceof QueryPlan.SessionAggregate
                || step instanceof QueryPlan.Deduplicate
                || step instanceof QueryPlan.TopN
                || step instanceof QueryPlan.Stateful;
    }
}
