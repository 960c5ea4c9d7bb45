// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BINARY;
import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Texts that are checked, chosen or quoted, and texts as bytes. */
public final class CheckFunctions implements FunctionLibrary {

    private static final Utf8 HEX = Utf8.of("hex");

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(CheckFunctions.class);
        all.bound("elt", 2, Integer.MAX_VALUE, (name, arguments) -> {
                    DataType index = arguments.get(0).type();
                    if (!ImplicitCasts.accepts(index, INT)) {
                        throw Definitions.unexpectedType(name, 0, INT.sql(), index);
                    }
                    List<DataType> types = new ArrayList<>(List.of(INT));
                    types.addAll(Definitions.times(arguments.size() - 1, STRING));
                    return all.call(name, "chosen", STRING, types);
                })
                .add("luhn_check", BOOLEAN, "luhn", STRING)
                .add("quote", STRING, "quoted", STRING)
                .add("to_binary", BINARY, "bytes", STRING)
                .add("to_binary", BINARY, "bytes", STRING, STRING)
                .add("try_to_binary", BINARY, "tryBytes", STRING)
                .add("try_to_binary", BINARY, "tryBytes", STRING, STRING)
                .add("validate_utf8", STRING, "valid", STRING)
                .add("try_validate_utf8", STRING, "tryValid", STRING)
                .add("make_valid_utf8", STRING, "madeValid", STRING)
                .register(to);
    }

    /** The text at a place, from 1. */
    public static @Nullable Utf8 chosen(@Nullable Integer place, @Nullable Utf8... texts) {
        if (place == null) {
            return null;
        }
        if (place < 1 || place > texts.length) {
            throw new QueryExecutionException(
                    "INVALID_ARRAY_INDEX",
                    "The index " + place + " is out of bounds. The array has " + texts.length + " elements");
        }
        return texts[place - 1];
    }

    /** Whether digits end with the check digit of Luhn's rule. */
    public static boolean luhn(Utf8 digits) {
        String text = digits.toString();
        int sum = 0;
        for (int i = text.length() - 1, place = 0; i >= 0; i--, place++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            int weighted = place % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return !text.isEmpty() && sum % 10 == 0;
    }

    /** In quotes, with a backslash ahead of each quote in it. */
    public static Utf8 quoted(Utf8 text) {
        return Utf8.of("'" + text.toString().replace("'", "\\'") + "'");
    }

    public static byte[] bytes(Utf8 text) {
        return bytes(text, HEX);
    }

    /** The bytes of a text in hexadecimal digits, in base64 or in UTF-8. */
    public static byte[] bytes(Utf8 text, Utf8 form) {
        byte[] bytes = tryBytes(text, form);
        if (bytes == null) {
            throw new QueryExecutionException(
                    "CONVERSION_INVALID_INPUT",
                    "The value '" + text + "' (`" + form
                            + "`) cannot be converted to \"BINARY\" because it is malformed. "
                            + "`try_to_binary` gives NULL instead");
        }
        return bytes;
    }

    public static byte @Nullable [] tryBytes(Utf8 text) {
        return tryBytes(text, HEX);
    }

    /** The bytes of a text; null if it is none in this form. */
    public static byte @Nullable [] tryBytes(Utf8 text, Utf8 form) {
        switch (form.toString().toLowerCase(Locale.ROOT)) {
            case "hex" -> {
                return EncodingFunctions.unhex(text);
            }
            case "utf-8", "utf8" -> {
                return CodePoints.copy(text);
            }
            case "base64" -> {
                try {
                    return Base64.getDecoder().decode(text.toString().replaceAll("\\s", ""));
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
            default ->
                throw new QueryExecutionException(
                        "INVALID_PARAMETER_VALUE.BINARY_FORMAT",
                        "The value of parameter `format` in `to_binary` is invalid: it must be hex, utf-8 or base64, but is '"
                                + form + "'");
        }
    }

    /** The text; an error if its bytes are no UTF-8. */
    public static Utf8 valid(Utf8 text) {
        if (!TextFunctions.isValid(text)) {
            throw new QueryExecutionException(
                    "INVALID_UTF8_STRING",
                    "Invalid UTF8 byte sequence found in string: " + EncodingFunctions.hex(text));
        }
        return text;
    }

    public static @Nullable Utf8 tryValid(Utf8 text) {
        return TextFunctions.isValid(text) ? text : null;
    }

    /** The text with U+FFFD in place of bytes that are no UTF-8. */
    public static Utf8 madeValid(Utf8 text) {
        return TextFunctions.isValid(text) ? text : Utf8.of(new String(CodePoints.copy(text), StandardCharsets.UTF_8));
    }
}
