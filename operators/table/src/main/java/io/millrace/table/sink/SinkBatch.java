// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import io.millrace.operator.BatchTime;
import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sink gets of a batch.
 *
 * @param batchId which batch of the query, from 0; the same when it is written again after a crash
 * @param time the engine's time of the batch, another for each
 * @param schema the columns
 * @param mode whether the rows are new, changed or all there are
 * @param parts the rows, in order if the query sorts
 */
public record SinkBatch(long batchId, BatchTime time, Schema schema, OutputMode mode, List<ColumnBatch> parts) {

    /** Copies the list. */
    public SinkBatch {
        parts = List.copyOf(parts);
    }

    /** How many rows there are. */
    public long count() {
        return parts.stream().mapToLong(ColumnBatch::rows).sum();
    }

    /** The rows with values of Java. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (ColumnBatch part : parts) {
            rows.addAll(RowForm.rows(part));
        }
        return rows;
    }
}
