// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The late rows of one input of an operator with state, as a table: the columns of the input, then {@link #OPERATOR} and {@link #WATERMARK}.
 *
 * @param operator the operator's number, from the sink towards the sources, from 0
 * @param input which of its inputs, from 0
 * @param name the name under which the operator's state is kept; of a join with {@code -left} or {@code -right} behind it
 * @param schema the columns
 */
public record LateRows(int operator, int input, String name, Schema schema) {

    /** The column with {@link #name}. */
    public static final String OPERATOR = "late_operator";

    /** The column with the watermark at or before which the row was. */
    public static final String WATERMARK = "late_watermark";

    private static final Schema ADDED = new Schema(List.of(
            new Field(OPERATOR, AtomicType.STRING, false, false),
            new Field(WATERMARK, AtomicType.TIMESTAMP, false, false)));

    static LateRows of(int operator, int input, String name, Schema rows) {
        List<Field> fields = new ArrayList<>();
        rows.fields().forEach(field -> fields.add(new Field(field.name(), field.type(), field.nullable(), false)));
        fields.addAll(ADDED.fields());
        return new LateRows(operator, input, name, new Schema(fields));
    }

    /** Whether rows are of this table. */
    boolean has(QueryOutput.Late late) {
        return late.operator() == operator && late.input() == input;
    }

    /** The rows of the table. */
    QueryOutput.Rows rows(QueryOutput.Late late) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(ADDED, late.rows().rows());
        @Nullable Object[] added = {Utf8.of(name), late.watermarkMicros()};
        for (int row = 0; row < late.rows().rows(); row++) {
            builder.append(added);
        }
        ColumnBatch both = late.rows().beside(builder.build(), schema);
        return new QueryOutput.Rows(both, false);
    }

    /** The columns a row came with, without those that say of what it was late. */
    public Schema rowSchema() {
        return new Schema(schema.fields().subList(0, schema.size() - ADDED.size()));
    }
}
