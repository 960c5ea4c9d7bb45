// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rows of columns and columns of rows; for what is not hot. */
public final class RowForm {

    private RowForm() {}

    /** The rows of a batch, with values of Java. */
    public static List<Row> rows(ColumnBatch batch) {
        Schema schema = batch.schema();
        List<Row> rows = new ArrayList<>(batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
            List<@Nullable Object> values = new ArrayList<>(schema.size());
            for (int i = 0; i < schema.size(); i++) {
                values.add(ValueForm.external(
                        schema.field(i).type(), batch.column(i).get(row)));
            }
            rows.add(Row.of(schema, values));
        }
        return rows;
    }

    /**
     * The columns of rows.
     *
     * @throws IllegalArgumentException if a row has not as many values as columns, or one that is not of its column's type
     */
    public static ColumnBatch batch(Schema schema, List<Row> rows) {
        ColumnBatchBuilder columns = new ColumnBatchBuilder(schema, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            Row values = rows.get(row);
            if (values.size() != schema.size()) {
                throw new IllegalArgumentException("row " + row + " has " + values.size() + " values, but the schema "
                        + schema.size() + " columns: " + schema);
            }
            for (int i = 0; i < schema.size(); i++) {
                Field field = schema.field(i);
                columns.column(i).append(ValueForm.internal(field.type(), values.get(i), field.name()));
            }
            columns.rowDone();
        }
        return columns.build();
    }
}
