// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.BatchMoments;
import io.millrace.table.plan.QueryPlan;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The aggregates that a query {@linkplain QueryPlan.Observe observes}, compiled: what they look at is gathered where rows pass, and put
 * together when the batch is over. Immutable; for many threads.
 */
public final class MetricsCode {

    private final AggregateCode code;
    private final UnaryOperator<ColumnBatch> before;
    private final UnaryOperator<ColumnBatch> after;

    private MetricsCode(AggregateCode code, UnaryOperator<ColumnBatch> before, UnaryOperator<ColumnBatch> after) {
        this.code = code;
        this.before = before;
        this.after = after;
    }

    /** The code of a plan with one aggregation without keys, and with projections before and after it. */
    public static MetricsCode of(QueryPlan plan) {
        if (BatchMoments.isAskedBelow(plan)) {
            throw new AnalysisException(
                    "UNSUPPORTED_FEATURE.TIME_OF_BATCH",
                    "current_timestamp() is not possible among observed metrics; the time of the batch is in its progress");
        }
        return timeless(plan);
    }

    private static MetricsCode timeless(QueryPlan plan) {
        if (plan instanceof QueryPlan.Project project) {
            MetricsCode below = timeless(project.input());
            UnaryOperator<ColumnBatch> last = FusedSteps.work(project, false).apply(0);
            return new MetricsCode(below.code, below.before, rows -> last.apply(below.after.apply(rows)));
        }
        QueryPlan.Aggregate aggregate = (QueryPlan.Aggregate) plan;
        AggregateCode code =
                new AggregateCode(aggregate.input().schema(), List.of(), aggregate.calls(), aggregate.schema());
        return new MetricsCode(code, before(aggregate.input()), UnaryOperator.identity());
    }

    private static UnaryOperator<ColumnBatch> before(QueryPlan plan) {
        if (plan instanceof QueryPlan.Scan) {
            return UnaryOperator.identity();
        }
        QueryPlan.Project project = (QueryPlan.Project) plan;
        UnaryOperator<ColumnBatch> below = before(project.input());
        UnaryOperator<ColumnBatch> last = FusedSteps.work(project, false).apply(0);
        return rows -> last.apply(below.apply(rows));
    }

    /** What the aggregates look at of some rows: one row, or none if there are none. */
    ColumnBatch gathered(ColumnBatch rows) {
        return code.aggregate(before.apply(rows));
    }

    /**
     * The values of the aggregates.
     *
     * @param parts what was gathered, in order; none if there was no row
     */
    public Row result(List<ColumnBatch> parts) {
        ColumnBatch all = parts.isEmpty() ? code.nothing() : code.grouped(ColumnBatch.concat(code.partials(), parts));
        return RowForm.rows(after.apply(code.result(all))).get(0);
    }
}
