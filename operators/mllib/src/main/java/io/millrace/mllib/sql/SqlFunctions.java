// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.table.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of Spark SQL that are known. */
final class SqlFunctions {

    /** Makes an expression of a function's arguments, or gives null if it does not take so many. */
    @FunctionalInterface
    interface Builder {
        @Nullable
        SqlExpression build(List<SqlExpression> arguments);
    }

    private static final Map<String, Builder> BUILDERS = new HashMap<>();

    static {
        MathFunctions.register(BUILDERS);
        TextFunctions.register(BUILDERS);
        ChoiceFunctions.register(BUILDERS);
        ArrayFunctions.register(BUILDERS);
    }

    private SqlFunctions() {}

    static boolean isKnown(String name) {
        return BUILDERS.containsKey(name);
    }

    /** The function called {@code name}, in lower case, of these arguments. */
    static SqlExpression call(String name, List<SqlExpression> arguments) {
        Builder builder = BUILDERS.get(name);
        SqlExpression result = builder == null ? null : builder.build(arguments);
        if (result == null) {
            throw new SqlException("the function " + name + " is not known with " + arguments.size() + " arguments");
        }
        return result;
    }

    /** {@code x} as the double that a function takes. */
    static SqlExpression number(SqlExpression x) {
        if (x.type().equals(DataType.BOOLEAN)) {
            throw new SqlException("a number is expected, not boolean");
        }
        return SqlCast.to(x, DataType.DOUBLE);
    }

    /** {@code x} as the text that a function takes. */
    static SqlExpression text(SqlExpression x) {
        return SqlCast.to(x, DataType.STRING);
    }

    /** {@code x} as the integer that a function takes. */
    static SqlExpression integer(SqlExpression x) {
        if (!x.type().isNumeric() && !SqlTypes.isText(x.type()) && !x.isVoid()) {
            throw new SqlException("a number is expected, not " + x.type().sparkName());
        }
        return SqlCast.to(x, DataType.INTEGER);
    }

    /** A function of one, two or three values that are not null. */
    static SqlExpression all(DataType type, List<SqlExpression> arguments, Values function) {
        boolean nullable = arguments.stream().anyMatch(SqlExpression::nullable);
        boolean constant = arguments.stream().allMatch(SqlExpression::constant);
        SqlExpression[] parts = arguments.toArray(new SqlExpression[0]);
        return new SqlExpression(type, nullable, constant, slots -> {
            Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                Object value = parts[i].value().of(slots);
                if (value == null) {
                    return null;
                }
                values[i] = value;
            }
            return function.apply(values);
        });
    }

    /** A function of values that are not null. */
    @FunctionalInterface
    interface Values {
        @Nullable
        Object apply(Object[] values);
    }
}
