// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.join.StreamJoinDescription;
import io.millrace.table.execution.join.StreamJoinDescription.Result;
import io.millrace.table.execution.join.TableLookup;
import io.millrace.table.execution.rank.TopNDescription;
import io.millrace.table.execution.rank.TopRows.Emission;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.state.ProcessorDescription;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What stands behind joins, rankings and functions with state of a plan. */
final class JoinSteps {

    private JoinSteps() {}

    /** The operator of a step, if it is one of these. */
    static Optional<StatefulDescription> describe(QueryPlan step, PhysicalQuery query) {
        int number = query.numberOf(step);
        if (step instanceof QueryPlan.Join join) {
            return Optional.of(new StreamJoinDescription(
                    number,
                    join,
                    query.givesChanges(join.left()),
                    query.givesChanges(join.right()),
                    result(join, query),
                    keepsAll(query),
                    query.isLocal()));
        }
        if (step instanceof QueryPlan.TopN top) {
            return Optional.of(new TopNDescription(
                    number, top, query.givesChanges(top.input()), emission(top, query), keepsAll(query)));
        }
        if (step instanceof QueryPlan.Stateful stateful) {
            if (query.givesChanges(stateful.input())) {
                throw new AnalysisException(
                        "_LEGACY_ERROR_TEMP_3102",
                        "There can be no transformWithState over the result of an aggregation that still changes; use"
                                + " append mode with a watermark");
            }
            return Optional.of(new ProcessorDescription(number, stateful));
        }
        return Optional.empty();
    }

    /** Whether a join or a ranking gives rows that take earlier rows back. */
    static boolean givesChanges(QueryPlan step, PhysicalQuery query) {
        if (query.isLocal() || query.mode() == OutputMode.APPEND) {
            return false;
        }
        if (query.mode() == OutputMode.COMPLETE && query.isLast(step)) {
            return false;
        }
        return step instanceof QueryPlan.TopN || step.inputs().stream().anyMatch(query::givesChanges);
    }

    /** Whether nothing of the result is ever closed: whoever is shown all of it in every batch wants what is old, too. */
    private static boolean keepsAll(PhysicalQuery query) {
        return !query.isLocal() && query.mode() == OutputMode.COMPLETE;
    }

    /** What a step that joins a stream with a finished table does with a batch of rows. */
    static UnaryOperator<ColumnBatch> lookup(QueryPlan.Join join, PhysicalQuery query) {
        boolean tableOnRight = query.isFinite(join.right());
        QueryPlan table = tableOnRight ? join.right() : join.left();
        return TableLookup.of(join, tableOnRight, query.rowsOf(table), query.givesChanges(join));
    }

    private static Result result(QueryPlan.Join join, PhysicalQuery query) {
        if (givesChanges(join, query)) {
            return Result.CHANGES;
        }
        return keepsAll(query) && query.isLast(join) ? Result.WHOLE : Result.FINAL;
    }

    private static Emission emission(QueryPlan.TopN top, PhysicalQuery query) {
        if (givesChanges(top, query)) {
            return Emission.CHANGES;
        }
        return keepsAll(query) ? Emission.ALL : Emission.CLOSED;
    }
}
