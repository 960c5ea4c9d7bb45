// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Structs, as calls. */
public final class StructFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(StructFunctions.class);
        all.bound("struct", 1, Integer.MAX_VALUE, (name, arguments) -> struct(all, name, arguments))
                .bound("named_struct", 2, Integer.MAX_VALUE, (name, arguments) -> named(all, name, arguments))
                .register(to);
    }

    private static BoundFunction struct(Definitions all, String name, List<Expression> arguments) {
        List<Field> fields = new ArrayList<>();
        List<DataType> parameters = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Expression argument = arguments.get(i);
            fields.add(new Field(Structs.name(argument, "col" + (i + 1)), argument.type(), argument.nullable(), false));
            parameters.add(argument.type());
        }
        return all.call(name, "struct", new StructType(fields), parameters);
    }

    private static BoundFunction named(Definitions all, String name, List<Expression> arguments) {
        if (arguments.size() % 2 != 0) {
            throw Definitions.wrongNumber(name, "2n (n > 0)", arguments.size());
        }
        List<Field> fields = new ArrayList<>();
        List<DataType> parameters = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!(arguments.get(i) instanceof Expression.Literal literal) || !(literal.value() instanceof Utf8 text)) {
                throw new AnalysisException(
                        "DATATYPE_MISMATCH.CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING",
                        "The names of `named_struct` must be constant strings");
            }
            Expression value = arguments.get(i + 1);
            fields.add(new Field(text.toString(), value.type(), value.nullable(), false));
            parameters.add(literal.type());
            parameters.add(value.type());
        }
        return all.call(name, "named", new StructType(fields), parameters);
    }

    public static @Nullable Object[] struct(@Nullable Object... fields) {
        return fields;
    }

    /** Of names and values in turn. */
    public static @Nullable Object[] named(@Nullable Object... namesAndValues) {
        @Nullable Object[] fields = new @Nullable Object[namesAndValues.length / 2];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = namesAndValues[2 * i + 1];
        }
        return fields;
    }
}
