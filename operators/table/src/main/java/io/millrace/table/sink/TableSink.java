// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import io.millrace.table.plan.OutputMode;
import java.util.Set;

/**
 * Where the rows of a query go. Called on the query's output thread, batch after batch in order; not called for a moment at which there
 * was nothing to do. Belongs to one query.
 */
public interface TableSink {

    /** What stands in the progress, such as {@code ConsoleTable$}; never a secret. */
    String description();

    /** The output modes it can take. Default: all. */
    default Set<OutputMode> modes() {
        return Set.of(OutputMode.values());
    }

    /**
     * Writes a batch, perhaps one without rows; may block. Without {@link TransactionalTableSink} it may be told the last batch again
     * after a crash, under the same number.
     *
     * @throws Exception ends the query
     */
    void write(SinkBatch batch) throws Exception;

    /** The query has ended; called once, after the last batch. */
    default void close() {}
}
