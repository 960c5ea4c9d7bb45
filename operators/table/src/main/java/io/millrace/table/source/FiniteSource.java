// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.util.List;

/** A finished table. */
public interface FiniteSource {

    /** The columns. */
    Schema schema();

    /** All rows; read anew at each call. */
    List<ColumnBatch> read() throws IOException;

    /**
     * The same rows with some of the columns: what a query reads. A source that can leave columns unread says so here.
     *
     * <p>Default: reads all and leaves out the others.
     *
     * @param columns their places in {@link #schema()}, rising
     */
    default FiniteSource select(List<Integer> columns) {
        return columns.size() == schema().size() ? this : new SelectedTable(this, columns);
    }

    /** What stands in plans. */
    String description();
}
