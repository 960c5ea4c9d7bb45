// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of named columns. Immutable. */
public final class Table {

    private final Schema schema;
    private final List<Row> rows;

    private Table(Schema schema, List<Row> rows) {
        this.schema = schema;
        this.rows = rows;
    }

    /**
     * A table of rows that have this very schema.
     *
     * @throws IllegalArgumentException if a row has another number of columns, or a value of another type than its column
     */
    public static Table of(Schema schema, List<Row> rows) {
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            if (row.schema().size() != schema.size()) {
                throw new IllegalArgumentException(
                        "row " + r + " has " + row.schema().size() + " columns, the table " + schema.size());
            }
            for (int c = 0; c < schema.size(); c++) {
                check(schema.fields().get(c), row.get(c), r);
            }
        }
        return new Table(schema, List.copyOf(rows));
    }

    /** A table over rows of values that are known to fit, as the stages make them: nothing is checked or copied. */
    public static Table trusted(Schema schema, List<@Nullable Object[]> values) {
        List<Row> rows = new ArrayList<>(values.size());
        for (@Nullable Object[] row : values) {
            rows.add(Row.of(schema, row));
        }
        return new Table(schema, rows);
    }

    private static void check(Field field, @Nullable Object value, int row) {
        if (!field.type().accepts(value)) {
            throw new IllegalArgumentException("row " + row + ", column \"" + field.name() + "\": "
                    + (value == null ? "null" : value.getClass().getName()) + " is not a "
                    + field.type().sparkName());
        }
    }

    public Schema schema() {
        return schema;
    }

    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    public int size() {
        return rows.size();
    }

    public Row row(int index) {
        return rows.get(index);
    }

    @Override
    public String toString() {
        return "Table" + schema.names() + " of " + rows.size() + " rows";
    }
}
