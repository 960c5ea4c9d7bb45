// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.QueryPlan;
import java.util.List;
import java.util.function.Function;

/** Runs a query over finished tables, in one go and on the caller's thread: the operators are those of streams. */
public final class LocalRun {

    private LocalRun() {}

    /**
     * The result of a query.
     *
     * @param plan what the query does; every scan is of a table
     * @param tables the rows of a table, by its id
     */
    public static List<ColumnBatch> run(QueryPlan plan, Function<String, List<ColumnBatch>> tables) {
        if (plan instanceof QueryPlan.Scan scan) {
            return tables.apply(scan.id());
        }
        throw new IllegalArgumentException("there is no operator for " + plan);
    }
}
