// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TableSink;
import io.millrace.table.source.RowsSource;
import java.util.List;

/** Gives every batch to a user's function, as a finished table. */
final class ForeachBatchSink implements TableSink {

    private final DataStreamWriter.BatchConsumer function;
    private final QueryPlanning planning;

    ForeachBatchSink(DataStreamWriter.BatchConsumer function, QueryPlanning planning) {
        this.function = function;
        this.planning = planning;
    }

    @Override
    public String description() {
        return "ForeachBatchSink";
    }

    @Override
    public void write(SinkBatch batch) throws Exception {
        List<ColumnBatch> rows = batch.parts();
        function.accept(
                planning.table(new RowsSource("batch " + batch.batchId(), batch.schema(), rows)), batch.batchId());
    }
}
