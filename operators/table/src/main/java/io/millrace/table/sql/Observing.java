// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.plan.QueryPlan;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Aggregates over rows that go on as they are. */
final class Observing {

    private Observing() {}

    static Relation observe(
            Algebra algebra,
            FunctionRegistry registry,
            Relation input,
            String name,
            List<Ast> metrics,
            Consumer<Row> heard) {
        if (name.isEmpty()) {
            throw new AnalysisException(
                    "INVALID_OBSERVED_METRICS.MISSING_NAME", "The observed metrics should be named.");
        }
        for (Ast metric : metrics) {
            if (!ExpressionResolver.aggregates(metric, registry)) {
                throw new AnalysisException(
                        "INVALID_OBSERVED_METRICS.NON_AGGREGATE_FUNC_ARG_IS_ATTRIBUTE",
                        "The observed metric " + SqlText.name(metric) + " of `" + name
                                + "` is no aggregate: only aggregate functions, and what is computed from them, can be observed");
            }
        }
        Relation rows = algebra.leaf(new QueryPlan.Scan("observed", false, input.schema()));
        Relation aggregated = Aggregation.aggregate(
                algebra, registry, new Relation(rows.rel(), input.items(), false), Groups.ALL, metrics, Map.of());
        QueryPlan plan = PlanTranslator.translate(aggregated.rel(), aggregated.schema(), true);
        check(plan, name);
        return algebra.step(input, new Step.Observe(name, plan, heard, input.schema()), input.items());
    }

    private static void check(QueryPlan plan, String name) {
        if (plan instanceof QueryPlan.Aggregate aggregate) {
            if (aggregate.calls().stream().anyMatch(AggregateCall::distinct)) {
                throw new AnalysisException(
                        "INVALID_OBSERVED_METRICS.AGGREGATE_EXPRESSION_WITH_DISTINCT_UNSUPPORTED",
                        "Aggregates of distinct values are not allowed in observed metrics, but there is one in `"
                                + name + "`");
            }
        } else if (!(plan instanceof QueryPlan.Project || plan instanceof QueryPlan.Scan)) {
            throw new AnalysisException(
                    "INVALID_OBSERVED_METRICS.WINDOW_EXPRESSIONS_UNSUPPORTED",
                    "Windows are not allowed in observed metrics, but there is one in `" + name + "`");
        }
        plan.inputs().forEach(input -> check(input, name));
    }
}
