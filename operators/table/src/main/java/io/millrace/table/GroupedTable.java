// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.sql.Ast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table by groups: what {@link Table#groupBy(Column...)} gives. Immutable. */
public final class GroupedTable {

    private final Table table;
    private final List<Ast> keys;

    GroupedTable(Table table, List<Ast> keys) {
        this.table = table;
        this.keys = keys;
    }

    /**
     * One row per group: its keys, then the aggregates.
     *
     * @throws AnalysisException if a column is neither a key nor aggregated
     */
    public Table agg(Column first, Column... more) {
        List<Ast> aggregates = new ArrayList<>();
        aggregates.add(first.ast());
        Arrays.stream(more).map(Column::ast).forEach(aggregates::add);
        return table.with(table.planner().aggregate(table.relation(), keys, aggregates));
    }

    /** The rows of each group, in a column {@code count}. */
    public Table count() {
        return agg(Functions.count(Functions.lit(1)).as("count"));
    }

    /** The sum of each of some columns. */
    public Table sum(String... columns) {
        return each("sum", columns);
    }

    /** The mean of each of some columns. */
    public Table avg(String... columns) {
        return each("avg", columns);
    }

    /** The least of each of some columns. */
    public Table min(String... columns) {
        return each("min", columns);
    }

    /** The greatest of each of some columns. */
    public Table max(String... columns) {
        return each("max", columns);
    }

    private Table each(String function, String... columns) {
        if (columns.length == 0) {
            throw new AnalysisException("INVALID_USAGE", function + "() needs the name of at least one column");
        }
        Column[] calls = Arrays.stream(columns)
                .map(column -> Functions.call_function(function, Functions.col(column)))
                .toArray(Column[]::new);
        return agg(calls[0], Arrays.copyOfRange(calls, 1, calls.length));
    }
}
