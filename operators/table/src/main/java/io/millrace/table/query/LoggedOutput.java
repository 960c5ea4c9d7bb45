// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.StreamingContextBuilder;
import io.millrace.stream.DStream;
import io.millrace.table.data.BatchBytes;
import io.millrace.table.execution.BatchFrame;
import io.millrace.table.execution.EventTimes;
import io.millrace.table.execution.OperatorFigures;
import io.millrace.table.execution.QueryOutput;

/** What a query gives in a form that the log of a job can hold, so that a sink gets the same again after a crash. */
final class LoggedOutput {

    private LoggedOutput() {}

    /**
     * Rows as bytes.
     *
     * @param batch the rows, as {@link BatchBytes} writes them
     * @param changes whether some may take an earlier row back
     */
    record LoggedRows(byte[] batch, boolean changes) {}

    /** The stream with rows as bytes. */
    static DStream<Object> of(DStream<QueryOutput> output) {
        return output.map(one -> one instanceof QueryOutput.Rows rows
                ? new LoggedRows(BatchBytes.encode(rows.batch()), rows.changes())
                : one);
    }

    /** What it was. */
    static QueryOutput read(Object logged) {
        return logged instanceof LoggedRows rows
                ? new QueryOutput.Rows(BatchBytes.decode(rows.batch()), rows.changes())
                : (QueryOutput) logged;
    }

    /** Makes known to a job what its log will hold. */
    static void register(StreamingContextBuilder builder) {
        builder.register(LoggedRows.class)
                .register(QueryOutput.Began.class)
                .register(QueryOutput.Watermarks.class)
                .register(QueryOutput.Report.class)
                .register(BatchFrame.class)
                .register(EventTimes.class)
                .register(OperatorFigures.class);
    }
}
