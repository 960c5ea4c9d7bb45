// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import io.millrace.table.type.Schema;

/**
 * Some rows, column by column: what flows between operators. Never changed once it is passed on.
 *
 * @param schema the names and types
 * @param columns one per field
 * @param rows how many rows there are
 */
public record ColumnBatch(Schema schema, Column[] columns, int rows) {

    /** A column by its place. */
    public Column column(int index) {
        return columns[index];
    }
}
