// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BINARY;
import static io.millrace.table.type.AtomicType.DATE;
import static io.millrace.table.type.AtomicType.STRING;
import static io.millrace.table.type.AtomicType.TIMESTAMP;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Decimals;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Numbers in formats such as {@code 99,999.00}: from texts and as texts. */
public final class NumberFormatFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(NumberFormatFunctions.class);
        all.bound("to_number", 2, 2, (name, arguments) -> number(name, arguments, "parse"))
                .bound("try_to_number", 2, 2, (name, arguments) -> number(name, arguments, "tryParse"))
                .bound("to_char to_varchar", 2, 2, (name, arguments) -> text(all, name, arguments))
                .register(to);
    }

    private static BoundFunction number(String name, List<Expression> arguments, String method) {
        NumberFormat format = NumberFormat.of(constant(name, arguments.get(1)));
        if (!ImplicitCasts.accepts(arguments.get(0).type(), STRING)) {
            throw Definitions.unexpectedType(
                    name, 0, STRING.sql(), arguments.get(0).type());
        }
        return Methods.bind(name, NumberFormat.class, format, method, format.type(), List.of(STRING, STRING));
    }

    private static BoundFunction text(Definitions all, String name, List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        if (type == TIMESTAMP || type == DATE) {
            return Methods.bind(
                    name, TimePattern.class, new TimePattern(), "format", STRING, List.of(TIMESTAMP, STRING));
        }
        if (type == BINARY) {
            return all.call(name, "encoded", STRING, List.of(BINARY, STRING));
        }
        if (!ImplicitCasts.accepts(type, new DecimalType(38, 0))) {
            throw Definitions.unexpectedType(name, 0, "a number, a time or binary", type);
        }
        NumberFormat format = NumberFormat.of(constant(name, arguments.get(1)));
        DecimalType decimal = ImplicitCasts.isNumber(type) ? Decimals.of(type) : new DecimalType(38, 18);
        return Methods.bind(name, NumberFormat.class, format, "write", STRING, List.of(decimal, STRING));
    }

    private static String constant(String name, Expression format) {
        if (format instanceof Expression.Literal literal && literal.value() instanceof Utf8 text) {
            return text.toString();
        }
        throw new AnalysisException(
                "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT", "The format of `" + name + "` must be a constant string");
    }

    /** Bytes as a text in base64, in hexadecimal digits, or as UTF-8. */
    public static Utf8 encoded(byte[] bytes, Utf8 form) {
        return switch (form.toString().toLowerCase(Locale.ROOT)) {
            case "base64" -> EncodingFunctions.base64(bytes);
            case "hex" -> EncodingFunctions.hex(bytes);
            case "utf-8" -> CodePoints.of(bytes);
            default ->
                throw new QueryExecutionException(
                        "INVALID_PARAMETER_VALUE.BINARY_FORMAT",
                        "The value of parameter `format` in `to_char` is invalid: it must be base64, hex or utf-8, but is '"
                                + form + "'");
        };
    }
}
