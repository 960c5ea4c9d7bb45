// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.query.DataStreamWriter;
import io.millrace.table.sink.DataWriter;
import io.millrace.table.sql.Planner;
import java.util.List;

/** What tables belong to: a session. */
public interface TableEnvironment {

    /** What reads and plans queries. */
    Planner planner();

    /** Begins to say where the rows of a query over streams go. */
    DataStreamWriter writeStream(Table table);

    /** Begins to say where the rows of a query over finished data go. */
    DataWriter write(Table table);

    /**
     * Runs a query over finished data.
     *
     * @throws AnalysisException if it is over streams
     */
    List<ColumnBatch> run(Table table);
}
