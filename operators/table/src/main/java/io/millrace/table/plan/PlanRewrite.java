// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import java.util.List;
import java.util.function.UnaryOperator;

/** Plans with other inputs. */
final class PlanRewrite {

    private PlanRewrite() {}

    /** The same step on inputs that a function makes of its own. */
    static QueryPlan mapInputs(QueryPlan plan, UnaryOperator<QueryPlan> change) {
        if (plan instanceof QueryPlan.Unary unary) {
            return onInput(unary, change.apply(unary.input()));
        }
        if (plan instanceof QueryPlan.Join join) {
            return new QueryPlan.Join(
                    change.apply(join.left()),
                    change.apply(join.right()),
                    join.type(),
                    join.leftKeys(),
                    join.rightKeys(),
                    join.condition(),
                    join.schema());
        }
        if (plan instanceof QueryPlan.Union union) {
            List<QueryPlan> inputs = union.inputs().stream().map(change).toList();
            return new QueryPlan.Union(inputs, union.schema());
        }
        return plan;
    }

    private static QueryPlan onInput(QueryPlan.Unary plan, QueryPlan input) {
        if (plan instanceof QueryPlan.Project p) {
            return new QueryPlan.Project(input, p.columns(), p.schema());
        }
        if (plan instanceof QueryPlan.Filter p) {
            return new QueryPlan.Filter(input, p.condition());
        }
        if (plan instanceof QueryPlan.Generate p) {
            return new QueryPlan.Generate(input, p.collection(), p.position(), p.inline(), p.outer(), p.schema());
        }
        if (plan instanceof QueryPlan.Watermark p) {
            return new QueryPlan.Watermark(input, p.node(), p.column(), p.delayMicros(), p.schema());
        }
        if (plan instanceof QueryPlan.TimeWindow p) {
            return new QueryPlan.TimeWindow(
                    input, p.time(), p.widthMicros(), p.slideMicros(), p.startMicros(), p.schema());
        }
        if (plan instanceof QueryPlan.Aggregate p) {
            return new QueryPlan.Aggregate(input, p.keys(), p.calls(), p.schema());
        }
        if (plan instanceof QueryPlan.SessionAggregate p) {
            return new QueryPlan.SessionAggregate(
                    input, p.keys(), p.sessionPlace(), p.time(), p.gap(), p.calls(), p.schema());
        }
        return onRanked(plan, input);
    }

    private static QueryPlan onRanked(QueryPlan.Unary plan, QueryPlan input) {
        if (plan instanceof QueryPlan.Deduplicate p) {
            return new QueryPlan.Deduplicate(input, p.columns(), p.withinWatermark());
        }
        if (plan instanceof QueryPlan.Sort p) {
            return new QueryPlan.Sort(input, p.orders());
        }
        if (plan instanceof QueryPlan.Limit p) {
            return new QueryPlan.Limit(input, p.offset(), p.count());
        }
        if (plan instanceof QueryPlan.TopN p) {
            return new QueryPlan.TopN(input, p.keys(), p.orders(), p.ranking(), p.count(), p.rankColumn(), p.schema());
        }
        if (plan instanceof QueryPlan.Stateful p) {
            return new QueryPlan.Stateful(input, p.keys(), p.function(), p.schema());
        }
        if (plan instanceof QueryPlan.Window p) {
            return new QueryPlan.Window(input, p.keys(), p.orders(), p.calls(), p.schema());
        }
        if (plan instanceof QueryPlan.Refused p) {
            return new QueryPlan.Refused(input, p.message());
        }
        if (plan instanceof QueryPlan.Observe p) {
            return new QueryPlan.Observe(input, p.name(), p.metrics(), p.heard());
        }
        throw new IllegalStateException("No such step: " + plan.getClass().getName());
    }
}
