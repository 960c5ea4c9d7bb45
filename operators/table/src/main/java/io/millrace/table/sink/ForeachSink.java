// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import io.millrace.table.Row;

/** Gives every row to a user's writer. */
public final class ForeachSink implements TableSink {

    private final ForeachWriter<Row> writer;

    /** A sink that calls this writer. */
    public ForeachSink(ForeachWriter<Row> writer) {
        this.writer = writer;
    }

    @Override
    public String description() {
        return "ForeachWriterTable";
    }

    @Override
    public void write(SinkBatch batch) throws Exception {
        boolean wanted = writer.open(0, batch.batchId());
        Throwable failure = null;
        try {
            if (wanted) {
                for (Row row : batch.rows()) {
                    writer.process(row);
                }
            }
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            writer.close(failure);
        }
    }
}
