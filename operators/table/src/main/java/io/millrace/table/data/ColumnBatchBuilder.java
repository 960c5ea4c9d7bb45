// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import io.millrace.table.type.Schema;
import org.jspecify.annotations.Nullable;

/** Collects rows of a schema. For one thread; to be used once. */
public final class ColumnBatchBuilder {

    private final Schema schema;
    private final ColumnBuilder[] columns;
    private int rows;

    /** With room for 16 rows at first. */
    public ColumnBatchBuilder(Schema schema) {
        this(schema, 16);
    }

    /** With room for so many rows at first; it grows. */
    public ColumnBatchBuilder(Schema schema, int capacity) {
        this.schema = schema;
        columns = new ColumnBuilder[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ColumnBuilder.of(schema.field(i).type(), capacity);
        }
    }

    /** The builder of a column; who appends to it appends to all, then calls {@link #rowDone}. */
    public ColumnBuilder column(int index) {
        return columns[index];
    }

    /** Says that each column has one more entry. */
    public void rowDone() {
        rows++;
    }

    /** Appends a row in boxed form. */
    public void append(@Nullable Object[] row) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].append(row[i]);
        }
        rows++;
    }

    /** Appends a row of a batch of the same types. */
    public void appendFrom(ColumnBatch batch, int row) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].appendFrom(batch.column(i), row);
        }
        rows++;
    }

    /** Appends all rows of a batch of the same types. */
    public void appendAll(ColumnBatch batch) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].appendRange(batch.column(i), 0, batch.rows());
        }
        rows += batch.rows();
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** The rows. */
    public ColumnBatch build() {
        Column[] built = new Column[columns.length];
        for (int i = 0; i < built.length; i++) {
            if (columns[i].size() != rows) {
                throw new IllegalStateException("Column '" + schema.field(i).name() + "' has " + columns[i].size()
                        + " entries where there are " + rows + " rows");
            }
            built[i] = columns[i].build();
        }
        return new ColumnBatch(schema, built, rows);
    }
}
