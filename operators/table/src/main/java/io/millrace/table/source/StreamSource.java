// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.StreamingContext;
import io.millrace.stream.DStream;
import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.util.List;

/** A source of rows without end. One instance may serve several queries, each in a context of its own. */
public interface StreamSource {

    /** The columns. */
    Schema schema();

    /** Adds the source to a job. */
    DStream<ColumnBatch> open(StreamingContext context);

    /**
     * Adds the source to a job, as much of it as is wanted.
     *
     * <p>Default: {@link #open(StreamingContext)}, of which nothing is known to be left.
     *
     * @throws AnalysisException if the source does not end and so cannot give what is there now and no more
     */
    default OpenSource open(StreamingContext context, Reading reading) {
        if (reading != Reading.FOR_EVER) {
            throw new AnalysisException(
                    "STREAMING_SOURCE_DOES_NOT_END",
                    "the source " + description() + " never ends, so a query over it needs a trigger by time, not "
                            + reading + "; stop it yourself instead");
        }
        return new OpenSource(open(context), () -> true);
    }

    /**
     * The same rows with some of the columns: what a query reads. A source that can leave columns unread says so here.
     *
     * <p>Default: reads all and leaves out the others.
     *
     * @param columns their places in {@link #schema()}, rising
     */
    default StreamSource select(List<Integer> columns) {
        return columns.size() == schema().size() ? this : new SelectedStream(this, columns);
    }

    /** What stands in plans and in the progress, such as {@code TextSocketV2[host: localhost, port: 9999]}. */
    String description();
}
