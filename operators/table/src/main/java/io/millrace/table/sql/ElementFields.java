// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of each struct of an array, null where the struct is.
 *
 * @param index the place of the field
 */
public record ElementFields(int index) {

    /** The values of the field. */
    public @Nullable Object[] of(@Nullable Object[] structs) {
        @Nullable Object[] values = new @Nullable Object[structs.length];
        for (int i = 0; i < values.length; i++) {
            @Nullable Object[] struct = (@Nullable Object[]) structs[i];
            values[i] = struct == null ? null : struct[index];
        }
        return values;
    }

    static Expression call(Expression array, ArrayType type, int index, Field field) {
        ArrayType values = new ArrayType(field.type(), type.containsNull() || field.nullable());
        try {
            return new Expression.Call(
                    new BoundFunction(
                            "get_field",
                            List.of(type),
                            values,
                            true,
                            false,
                            new ElementFields(index),
                            ElementFields.class.getMethod("of", Object[].class)),
                    List.of(array));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("the method of is there", e);
        }
    }
}
