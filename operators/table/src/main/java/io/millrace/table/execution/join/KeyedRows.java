// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.Changes;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the keys of rows among their columns: a key that is a column is there already, others are computed and stand behind. Immutable; for many threads.
 *
 * @param keys the places of the keys
 * @param types their types
 * @param computed what computes the columns with the keys; null if there is nothing to compute
 */
public record KeyedRows(
        int[] keys, List<DataType> types, @Nullable CompiledProjection computed) {

    public KeyedRows {
        types = List.copyOf(types);
    }

    /**
     * For rows of a schema.
     *
     * @param expressions the keys
     * @param changes whether the kind of change stands behind the columns
     */
    public static KeyedRows of(Schema schema, List<Expression> expressions, boolean changes) {
        Schema in = changes ? Changes.with(schema) : schema;
        List<Expression> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>(in.fields());
        for (int i = 0; i < in.size(); i++) {
            Field field = in.field(i);
            columns.add(new Expression.Reference(i, field.type(), field.nullable(), field.name()));
        }
        int[] keys = new int[expressions.size()];
        for (int i = 0; i < keys.length; i++) {
            Expression key = expressions.get(i);
            if (key instanceof Expression.Reference reference) {
                keys[i] = reference.index();
            } else {
                keys[i] = columns.size();
                columns.add(key);
                fields.add(Field.of("$key" + i, key.type()));
            }
        }
        boolean plain = columns.size() == in.size();
        CompiledProjection computed = plain ? null : CompiledProjection.of(columns, in, new Schema(fields));
        return new KeyedRows(keys, expressions.stream().map(Expression::type).toList(), computed);
    }

    /** The rows with their keys. */
    public ColumnBatch apply(ColumnBatch rows) {
        return computed == null ? rows : computed.apply(rows);
    }

    /** The columns of rows with their keys. */
    public Schema schema(Schema in) {
        return computed == null ? in : computed.schema();
    }
}
