// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.Table;
import io.millrace.table.execution.QueryOptions;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.source.FiniteSource;

/** What a session knows of its tables: how they are planned and where their rows come from. */
public interface QueryPlanning {

    /**
     * What is to be run for a query over streams.
     *
     * @throws io.millrace.table.AnalysisException if it cannot be run in this mode
     */
    PlannedQuery graph(Table table, OutputMode mode, QueryOptions options);

    /** The same, with its late rows as tables of their own. */
    PlannedQuery graphWithLateRows(Table table, OutputMode mode, QueryOptions options);

    /** The plans of a query as text. */
    String explain(Table table, boolean extended);

    /** A finished table. */
    Table table(FiniteSource source);
}
