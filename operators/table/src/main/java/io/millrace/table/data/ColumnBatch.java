// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import io.millrace.table.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** No row. */
    public static ColumnBatch empty(Schema schema) {
        return new ColumnBatchBuilder(schema, 0).build();
    }

    /**
     * Some rows in the order asked for.
     *
     * @param places the rows; a negative one gives a row of nulls
     * @param count how many of {@code places} count
     */
    public ColumnBatch select(int[] places, int count) {
        Column[] gathered = new Column[columns.length];
        for (int i = 0; i < gathered.length; i++) {
            gathered[i] = columns[i].gather(places, count);
        }
        return new ColumnBatch(schema, gathered, count);
    }

    /** Some columns, in the order asked for; nothing is copied. */
    public ColumnBatch project(int[] places, Schema projected) {
        Column[] chosen = new Column[places.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = columns[places[i]];
        }
        return new ColumnBatch(projected, chosen, rows);
    }

    /** The same columns under other names. */
    public ColumnBatch withSchema(Schema other) {
        return new ColumnBatch(other, columns, rows);
    }

    /** The columns of this batch, then those of one with as many rows. */
    public ColumnBatch beside(ColumnBatch right, Schema both) {
        if (rows != right.rows) {
            throw new IllegalArgumentException(rows + " rows cannot stand beside " + right.rows);
        }
        Column[] all = new Column[columns.length + right.columns.length];
        System.arraycopy(columns, 0, all, 0, columns.length);
        System.arraycopy(right.columns, 0, all, columns.length, right.columns.length);
        return new ColumnBatch(both, all, rows);
    }

    /** A row in boxed form, for what is not hot. */
    public @Nullable Object[] row(int row) {
        @Nullable Object[] values = new @Nullable Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns[i].get(row);
        }
        return values;
    }

    /** All rows of several batches of the same types, one behind the other. */
    public static ColumnBatch concat(Schema schema, List<ColumnBatch> batches) {
        if (batches.size() == 1) {
            return batches.get(0).withSchema(schema);
        }
        int rows = 0;
        for (ColumnBatch batch : batches) {
            rows = Math.addExact(rows, batch.rows);
        }
        ColumnBatchBuilder builder = new ColumnBatchBuilder(schema, rows);
        batches.forEach(builder::appendAll);
        return builder.build();
    }
}
