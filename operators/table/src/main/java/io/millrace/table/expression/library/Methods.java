// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the method for a function's types, and reads off it where nulls may be. */
final class Methods {

    private Methods() {}

    /** A call of a public method that takes these types; the trailing ones of a method of variable arity are one array. */
    static BoundFunction bind(
            String name,
            Class<?> home,
            @Nullable Object target,
            String method,
            DataType result,
            List<DataType> parameters) {
        for (Method candidate : home.getMethods()) {
            if (candidate.getName().equals(method) && takes(candidate, parameters)) {
                boolean strict = Arrays.stream(candidate.getAnnotatedParameterTypes())
                        .noneMatch(parameter -> mayBeNull(parameter, candidate.isVarArgs()));
                boolean nullable = mayBeNull(candidate.getAnnotatedReturnType(), false);
                return new BoundFunction(name, parameters, result, strict, nullable, target, candidate);
            }
        }
        throw new IllegalStateException(home.getName() + " has no method " + method + " for " + parameters);
    }

    private static boolean takes(Method method, List<DataType> parameters) {
        Class<?>[] types = method.getParameterTypes();
        int fixed = method.isVarArgs() ? types.length - 1 : types.length;
        if (method.isVarArgs() ? parameters.size() < fixed : parameters.size() != fixed) {
            return false;
        }
        for (int i = 0; i < parameters.size(); i++) {
            Class<?> type = i < fixed ? types[i] : types[fixed].getComponentType();
            if (!type.isAssignableFrom(held(parameters.get(i), type.isPrimitive()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayBeNull(AnnotatedType type, boolean variable) {
        if (type.isAnnotationPresent(Nullable.class)) {
            return true;
        }
        return variable
                && type instanceof java.lang.reflect.AnnotatedArrayType array
                && array.getAnnotatedGenericComponentType().isAnnotationPresent(Nullable.class);
    }

    private static Class<?> held(DataType type, boolean primitive) {
        if (type instanceof DecimalType) {
            return BigDecimal.class;
        }
        if (type instanceof ArrayType || type instanceof StructType) {
            return Object[].class;
        }
        if (type instanceof MapType) {
            return MapValue.class;
        }
        return switch ((AtomicType) type) {
            case NULL -> Object.class;
            case BOOLEAN -> primitive ? boolean.class : Boolean.class;
            case BYTE, SHORT, INT, DATE, YEAR_MONTH_INTERVAL -> primitive ? int.class : Integer.class;
            case LONG, TIMESTAMP, DAY_TIME_INTERVAL -> primitive ? long.class : Long.class;
            case FLOAT -> primitive ? float.class : Float.class;
            case DOUBLE -> primitive ? double.class : Double.class;
            case STRING -> Utf8.class;
            case BINARY -> byte[].class;
        };
    }
}
