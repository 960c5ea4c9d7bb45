// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;

/** What stands behind each step of a plan that has state. */
final class StatefulSteps {

    private StatefulSteps() {}

    static StatefulDescription describe(QueryPlan step, PhysicalQuery query) {
        int number = query.numberOf(step);
        if (step instanceof QueryPlan.Limit limit) {
            return new LimitDescription(number, limit);
        }
        throw new IllegalArgumentException("there is no operator for " + step);
    }

    /** Whether a step gives rows that take earlier rows back. */
    static boolean givesChanges(QueryPlan step, PhysicalQuery query) {
        if (query.mode() == OutputMode.APPEND) {
            return false;
        }
        if (step instanceof QueryPlan.Aggregate || step instanceof QueryPlan.SessionAggregate) {
            return !query.isLast(step);
        }
        return step instanceof QueryPlan.TopN || step.inputs().stream().anyMatch(query::givesChanges);
    }
}
