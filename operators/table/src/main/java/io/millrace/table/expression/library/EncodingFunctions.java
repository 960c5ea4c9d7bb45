// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BINARY;
import static io.millrace.table.type.AtomicType.DOUBLE;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Bytes as text, text as bytes, numbers as text by a format. */
public final class EncodingFunctions implements FunctionLibrary {

    private static final List<String> CHARSETS =
            List.of("US-ASCII", "ISO-8859-1", "UTF-8", "UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32");

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(EncodingFunctions.class);
        all.add("base64", STRING, "base64", STRING)
                .add("base64", STRING, "base64", BINARY)
                .uncast(0, "base64")
                .add("unbase64", BINARY, "unbase64", STRING)
                .add("hex", STRING, "hex", LONG)
                .add("hex", STRING, "hex", BINARY)
                .add("hex", STRING, "hex", STRING)
                .add("unhex", BINARY, "unhex", STRING)
                .add("encode", BINARY, "encode", STRING, STRING)
                .add("decode", STRING, "decode", BINARY, STRING)
                .add("decode", STRING, "decode", STRING, STRING)
                .bound("format_number", 2, 2, (name, arguments) -> formatting(all, name, arguments))
                .bound("format_string printf", 1, Integer.MAX_VALUE, (name, arguments) -> format(all, name, arguments))
                .register(to);
    }

    private static BoundFunction format(Definitions all, String name, List<Expression> arguments) {
        if (!ImplicitCasts.accepts(arguments.get(0).type(), STRING)) {
            throw Definitions.unexpectedType(
                    name, 0, STRING.sql(), arguments.get(0).type());
        }
        List<DataType> types =
                new ArrayList<>(arguments.stream().map(Expression::type).toList());
        types.set(0, STRING);
        return all.call(name, "format", STRING, types);
    }

    public static Utf8 base64(Utf8 text) {
        return base64(CodePoints.copy(text));
    }

    public static Utf8 base64(byte[] bytes) {
        return CodePoints.of(Base64.getEncoder().encode(bytes));
    }

    public static byte[] unbase64(Utf8 text) {
        try {
            return Base64.getMimeDecoder().decode(CodePoints.copy(text));
        } catch (IllegalArgumentException e) {
            throw new QueryExecutionException("CONVERSION_INVALID_INPUT", "'" + text + "' is not in base 64");
        }
    }

    public static Utf8 hex(long number) {
        return Utf8.of(Long.toHexString(number).toUpperCase(Locale.ROOT));
    }

    public static Utf8 hex(byte[] bytes) {
        return Utf8.of(HexFormat.of().withUpperCase().formatHex(bytes));
    }

    public static Utf8 hex(Utf8 text) {
        return hex(CodePoints.copy(text));
    }

    /** The bytes; null if a character is no digit. */
    public static byte @Nullable [] unhex(Utf8 text) {
        String digits = text.length() % 2 == 0 ? text.toString() : "0" + text;
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public static byte[] encode(Utf8 text, Utf8 charset) {
        try {
            ByteBuffer bytes = charset("encode", charset).newEncoder().encode(CharBuffer.wrap(text.toString()));
            byte[] result = new byte[bytes.remaining()];
            bytes.get(result);
            return result;
        } catch (CharacterCodingException e) {
            throw malformed("encode", charset);
        }
    }

    public static Utf8 decode(Utf8 text, Utf8 charset) {
        return decode(CodePoints.copy(text), charset);
    }

    public static Utf8 decode(byte[] bytes, Utf8 charset) {
        try {
            return Utf8.of(charset("decode", charset)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw malformed("decode", charset);
        }
    }

    private static Charset charset(String function, Utf8 name) {
        String upper = name.toString().toUpperCase(Locale.ROOT);
        if (!CHARSETS.contains(upper)) {
            throw new QueryExecutionException(
                    "INVALID_PARAMETER_VALUE.CHARSET",
                    "The value of parameter `charset` in `" + function + "` is invalid: it must be one of " + CHARSETS
                            + ", but is " + name);
        }
        return Charset.forName(upper);
    }

    private static QueryExecutionException malformed(String function, Utf8 charset) {
        return new QueryExecutionException(
                "MALFORMED_CHARACTER_CODING",
                "`" + function + "` found a character that " + charset + " does not have");
    }

    private static BoundFunction formatting(Definitions all, String name, List<Expression> arguments) {
        DataType number = arguments.get(0).type();
        DataType format = arguments.get(1).type() == STRING ? STRING : INT;
        if (number == STRING || number == AtomicType.NULL) {
            number = DOUBLE;
        } else if (ImplicitCasts.isWhole(number)) {
            number = LONG;
        } else if (!ImplicitCasts.isNumber(number)) {
            throw Definitions.unexpectedType(name, 0, "a number", number);
        }
        if (!ImplicitCasts.accepts(arguments.get(1).type(), format)) {
            throw Definitions.unexpectedType(
                    name, 1, "a whole number or a string", arguments.get(1).type());
        }
        return all.call(name, "formatNumber", STRING, List.of(number, format));
    }

    public static @Nullable Utf8 formatNumber(long number, int digits) {
        return formatNumber(BigDecimal.valueOf(number), digits);
    }

    /** With commas between groups of three digits and so many behind the point; null if those are fewer than 0. */
    public static @Nullable Utf8 formatNumber(BigDecimal number, int digits) {
        return digits < 0 ? null : Utf8.of(format(digits).format(number));
    }

    public static @Nullable Utf8 formatNumber(double number, int digits) {
        return digits < 0 ? null : Utf8.of(format(digits).format(number));
    }

    public static @Nullable Utf8 formatNumber(float number, int digits) {
        return formatNumber((double) number, digits);
    }

    public static Utf8 formatNumber(long number, Utf8 pattern) {
        return Utf8.of(format(pattern).format(number));
    }

    public static Utf8 formatNumber(BigDecimal number, Utf8 pattern) {
        return Utf8.of(format(pattern).format(number));
    }

    public static Utf8 formatNumber(double number, Utf8 pattern) {
        return Utf8.of(format(pattern).format(number));
    }

    public static Utf8 formatNumber(float number, Utf8 pattern) {
        return formatNumber((double) number, pattern);
    }

    private static DecimalFormat format(Utf8 pattern) {
        DecimalFormat format = format(0);
        format.applyLocalizedPattern(pattern.length() == 0 ? "#,###,###,###,###,###,##0" : pattern.toString());
        return format;
    }

    private static DecimalFormat format(int digits) {
        String pattern = "#,##0" + (digits > 0 ? "." + "0".repeat(digits) : "");
        DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.US));
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        return format;
    }

    /** As {@link String#format}; null if the format is. */
    public static @Nullable Utf8 format(@Nullable Utf8 format, @Nullable Object... values) {
        if (format == null) {
            return null;
        }
        try {
            return Utf8.of(String.format(Locale.US, format.toString(), values));
        } catch (IllegalFormatException e) {
            throw new QueryExecutionException(
                    "INVALID_PARAMETER_VALUE.STRING_FORMAT",
                    "'" + format + "' does not fit its values: " + e.getMessage());
        }
    }
}
