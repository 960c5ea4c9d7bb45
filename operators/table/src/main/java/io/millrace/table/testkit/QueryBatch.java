// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.testkit;

import io.millrace.table.Row;
import io.millrace.table.type.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A batch that a query wrote.
 *
 * @param batchId which, from 0
 * @param schema the columns
 * @param rows the rows, in the order in which they were written
 * @param watermark the watermark in force during the batch; empty if the query has none
 * @param dropped how many rows were late, per operator with state from the sink towards the sources
 * @param stateRows how many rows the state has after the batch, likewise
 */
public record QueryBatch(
        long batchId,
        Schema schema,
        List<Row> rows,
        Optional<Instant> watermark,
        List<Long> dropped,
        List<Long> stateRows) {

    /** Copies the lists. */
    public QueryBatch {
        rows = List.copyOf(rows);
        dropped = List.copyOf(dropped);
        stateRows = List.copyOf(stateRows);
    }
}
