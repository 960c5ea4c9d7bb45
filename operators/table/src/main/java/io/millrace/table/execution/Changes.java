// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.IntColumn;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows that may take earlier rows back: an aggregate that changes takes its old value back and gives the new one, so that what is computed
 * from it stays right. The kind of a row stands in a last column: 1 for a row that comes, -1 for one that goes.
 */
public final class Changes {

    /** The name of the column. */
    public static final String COLUMN = "$change";

    /** A row that comes. */
    public static final int COMES = 1;

    /** A row that goes: an equal one came before. */
    public static final int GOES = -1;

    /** The column alone. */
    static final Schema KIND = new Schema(List.of(new Field(COLUMN, AtomicType.INT, false, false)));

    private Changes() {}

    /** The columns with that of the kind behind them. */
    public static Schema with(Schema schema) {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(new Field(COLUMN, AtomicType.INT, false, false));
        return new Schema(fields);
    }

    /** The columns without that of the kind. */
    public static Schema without(Schema schema) {
        return new Schema(schema.fields().subList(0, schema.size() - 1));
    }

    /** The same rows, all of which come. */
    static ColumnBatch allCome(ColumnBatch rows) {
        return marked(rows, COMES);
    }

    /** The same rows, all of one kind. */
    static ColumnBatch marked(ColumnBatch rows, int kind) {
        int[] kinds = new int[rows.rows()];
        Arrays.fill(kinds, kind);
        Column[] columns = Arrays.copyOf(rows.columns(), rows.columns().length + 1);
        columns[columns.length - 1] = new IntColumn(kinds, null);
        return new ColumnBatch(with(rows.schema()), columns, rows.rows());
    }

    /** The kinds of the rows of a batch, one per row. */
    public static int[] of(ColumnBatch batch) {
        return ((IntColumn) batch.column(batch.schema().size() - 1)).values();
    }
}
