// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.util.List;

/**
 * Rows that are there.
 *
 * @param description what stands in plans
 * @param schema the columns
 * @param read the rows
 */
public record RowsSource(String description, Schema schema, List<ColumnBatch> read) implements FiniteSource {

    /** Copies the list. */
    public RowsSource {
        read = List.copyOf(read);
    }
}
