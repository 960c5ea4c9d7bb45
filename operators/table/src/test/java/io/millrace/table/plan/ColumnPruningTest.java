// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import static io.millrace.table.plan.Plans.call;
import static io.millrace.table.plan.Plans.column;
import static io.millrace.table.plan.Plans.scan;
import static io.millrace.table.plan.Plans.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.expression.Expression;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnPruningTest {

    private static QueryPlan project(QueryPlan input, Integer... places) {
        List<Expression> columns = new ArrayList<>();
        for (int place : places) {
            Field field = input.schema().field(place);
            columns.add(new Expression.Reference(place, field.type(), field.nullable(), field.name()));
        }
        return new QueryPlan.Project(input, columns, input.schema().select(List.of(places)));
    }

    private static List<QueryPlan.Scan> scans(QueryPlan plan) {
        if (plan instanceof QueryPlan.Scan scan) {
            return List.of(scan);
        }
        return plan.inputs().stream().flatMap(input -> scans(input).stream()).toList();
    }

    private static List<List<Integer>> columnsRead(QueryPlan plan) {
        return scans(ColumnPruning.apply(plan)).stream()
                .map(QueryPlan.Scan::columns)
                .toList();
    }

    @Test
    void aSourceIsReadWithTheColumnsOfTheResultAndOfConditions() {
        QueryPlan plan = project(new QueryPlan.Filter(scan("a"), call("positive", column(2))), 0);

        assertThat(columnsRead(plan)).containsExactly(List.of(0, 2));
        QueryPlan pruned = ColumnPruning.apply(plan);
        assertThat(pruned.schema()).isEqualTo(plan.schema());
        assertThat(PlanText.of(pruned)).contains("StreamScan a [k string, v int]");
    }

    @Test
    void theTimeOfAWatermarkIsReadThoughNobodyAsksForIt() {
        assertThat(columnsRead(project(stream("a", 0), 2))).containsExactly(List.of(1, 2));
    }

    @Test
    void aSourceThatIsScannedTwiceIsReadOnceWithWhatBothWant() {
        QueryPlan left = project(scan("a"), 0);
        QueryPlan right = project(new QueryPlan.Filter(scan("a"), call("positive", column(2))), 0);
        QueryPlan other = project(scan("b"), 0);
        QueryPlan plan = new QueryPlan.Union(List.of(left, right, other), left.schema());

        assertThat(columnsRead(plan)).containsExactly(List.of(0, 2), List.of(0, 2), List.of(0));
    }

    @Test
    void rowsThatAreOnlyCountedAreReadWithOneColumn() {
        QueryPlan plan = new QueryPlan.Aggregate(scan("a"), List.of(), List.of(), new Schema(List.of()));

        assertThat(columnsRead(plan)).containsExactly(List.of(0));
    }

    @Test
    void allColumnsAreReadWhereLateRowsAreToBeWhole() {
        QueryPlan plan = project(stream("a", 0), 2);

        assertThat(scans(ColumnPruning.keepingInputs(plan)))
                .allSatisfy(scan -> assertThat(scan.columns()).containsExactly(0, 1, 2));
    }
}
