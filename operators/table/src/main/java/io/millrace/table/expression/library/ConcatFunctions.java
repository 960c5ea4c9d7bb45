// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BINARY;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What strings, binaries and arrays have in common: one after the other, and backwards. */
public final class ConcatFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(ConcatFunctions.class);
        all.bound("concat ||", 0, Integer.MAX_VALUE, (name, arguments) -> concat(all, name, arguments))
                .bound("concat_ws", 1, Integer.MAX_VALUE, (name, arguments) -> withSeparator(all, name, arguments))
                .bound("reverse", 1, 1, (name, arguments) -> reverse(all, name, arguments))
                .register(to);
    }

    private static BoundFunction concat(Definitions all, String name, List<Expression> arguments) {
        int count = arguments.size();
        if (arguments.stream().anyMatch(argument -> argument.type() instanceof ArrayType)) {
            DataType type = ImplicitCasts.common(arguments).orElse(null);
            if (type == null) {
                throw Definitions.differing(name, arguments);
            }
            return all.call(name, "concatArrays", type, Definitions.times(count, type));
        }
        if (count > 0 && arguments.stream().allMatch(argument -> argument.type() == BINARY)) {
            return all.call(name, "concatBytes", BINARY, Definitions.times(count, BINARY));
        }
        for (int i = 0; i < count; i++) {
            if (!ImplicitCasts.accepts(arguments.get(i).type(), STRING)) {
                throw Definitions.unexpectedType(
                        name,
                        i,
                        "a string, a binary or an array",
                        arguments.get(i).type());
            }
        }
        return all.call(name, "concat", STRING, Definitions.times(count, STRING));
    }

    private static BoundFunction withSeparator(Definitions all, String name, List<Expression> arguments) {
        List<DataType> parameters = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            DataType type = arguments.get(i).type();
            if (i > 0 && type instanceof ArrayType array && ImplicitCasts.accepts(array.element(), STRING)) {
                parameters.add(new ArrayType(STRING, true));
            } else if (ImplicitCasts.accepts(type, STRING)) {
                parameters.add(STRING);
            } else {
                throw Definitions.unexpectedType(name, i, "a string or an array of strings", type);
            }
        }
        return all.call(name, "concatWithSeparator", STRING, parameters);
    }

    private static BoundFunction reverse(Definitions all, String name, List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        if (!(type instanceof ArrayType) && !ImplicitCasts.accepts(type, STRING)) {
            throw Definitions.unexpectedType(name, 0, "a string or an array", type);
        }
        DataType taken = type instanceof ArrayType ? type : STRING;
        return all.call(name, "reverse", taken, List.of(taken));
    }

    public static Utf8 concat(Utf8... parts) {
        return CodePoints.join(parts);
    }

    public static byte[] concatBytes(byte[]... parts) {
        Utf8[] texts = Arrays.stream(parts).map(CodePoints::of).toArray(Utf8[]::new);
        return CodePoints.copy(CodePoints.join(texts));
    }

    public static Object[] concatArrays(Object[]... arrays) {
        return Arrays.stream(arrays).flatMap(Arrays::stream).toArray();
    }

    /** The texts that are not null, those of arrays too, with a separator between them; null if that is null. */
    public static @Nullable Utf8 concatWithSeparator(@Nullable Utf8 separator, @Nullable Object... parts) {
        if (separator == null) {
            return null;
        }
        List<@Nullable Object> all = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof @Nullable Object[] array) {
                all.addAll(Arrays.asList(array));
            } else {
                all.add(part);
            }
        }
        return Concatenation.joined(separator, all);
    }

    public static Utf8 reverse(Utf8 text) {
        return Utf8.of(new StringBuilder(text.toString()).reverse().toString());
    }

    public static Object[] reverse(Object[] array) {
        Object[] result = new Object[array.length];
        for (int i = 0; i < array.length; i++) {
            result[i] = array[array.length - 1 - i];
        }
        return result;
    }
}
