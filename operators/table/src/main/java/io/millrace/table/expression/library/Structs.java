// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes structs of what is at the same place of several arrays. */
public final class Structs {

    private Structs() {}

    /** The name of an expression where it has one. */
    static String name(Expression expression, String otherwise) {
        if (expression instanceof Expression.Reference reference) {
            return reference.name();
        }
        if (expression instanceof Expression.FieldOf field && field.struct().type() instanceof StructType struct) {
            return struct.fields().get(field.index()).name();
        }
        return otherwise;
    }

    static BoundFunction zip(String function, List<Expression> arguments) {
        List<Field> fields = new ArrayList<>();
        List<DataType> parameters = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            ArrayType array = Types.array(function, arguments, i);
            fields.add(Field.of(name(arguments.get(i), String.valueOf(i)), array.element()));
            parameters.add(array);
        }
        ArrayType result = new ArrayType(new StructType(fields), false);
        return Methods.bind(function, Structs.class, null, "zipped", result, parameters);
    }

    /** As long as the longest, with nulls where another has ended. */
    public static Object[] zipped(Object[]... arrays) {
        int length = 0;
        for (Object[] array : arrays) {
            length = Math.max(length, array.length);
        }
        Object[] result = new Object[length];
        for (int i = 0; i < length; i++) {
            @Nullable Object[] struct = new @Nullable Object[arrays.length];
            for (int j = 0; j < arrays.length; j++) {
                struct[j] = i < arrays[j].length ? arrays[j][i] : null;
            }
            result[i] = struct;
        }
        return result;
    }
}
