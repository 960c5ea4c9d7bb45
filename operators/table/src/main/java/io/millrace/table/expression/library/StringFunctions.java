// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BINARY;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** Strings as a whole: case, blanks, padding, length, parts by place. Places count code points from 1. */
public final class StringFunctions implements FunctionLibrary {

    private static final Utf8 BLANK = Utf8.of(" ");

    @Override
    public void register(Consumer<ScalarFunction> to) {
        new Definitions(StringFunctions.class)
                .add("lower lcase", STRING, "lower", STRING)
                .add("upper ucase", STRING, "upper", STRING)
                .add("initcap", STRING, "initcap", STRING)
                .add("trim btrim", STRING, "trim", STRING)
                .add("ltrim", STRING, "trimLeft", STRING)
                .add("rtrim", STRING, "trimRight", STRING)
                .add("btrim", STRING, "trimBoth", STRING, STRING)
                .add("trim", STRING, "trimThese", STRING, STRING)
                .add("ltrim", STRING, "trimLeft", STRING, STRING)
                .add("rtrim", STRING, "trimRight", STRING, STRING)
                .add("lpad", STRING, "padLeft", STRING, INT)
                .add("lpad", BINARY, "padLeft", BINARY, INT)
                .add("lpad", STRING, "padLeft", STRING, INT, STRING)
                .add("lpad", BINARY, "padLeft", BINARY, INT, BINARY)
                .add("rpad", STRING, "padRight", STRING, INT)
                .add("rpad", BINARY, "padRight", BINARY, INT)
                .add("rpad", STRING, "padRight", STRING, INT, STRING)
                .add("rpad", BINARY, "padRight", BINARY, INT, BINARY)
                .add("length len char_length character_length", INT, "length", STRING)
                .add("length len char_length character_length", INT, "length", BINARY)
                .add("octet_length", INT, "octetLength", STRING)
                .add("octet_length", INT, "length", BINARY)
                .add("bit_length", INT, "bitLength", STRING)
                .add("bit_length", INT, "bitLength", BINARY)
                .add("substring substr", STRING, "substring", STRING, INT)
                .add("substring substr", BINARY, "substring", BINARY, INT)
                .add("substring substr", STRING, "substring", STRING, INT, INT)
                .add("substring substr", BINARY, "substring", BINARY, INT, INT)
                .add("left", STRING, "left", STRING, INT)
                .add("left", BINARY, "left", BINARY, INT)
                .add("right", STRING, "right", STRING, INT)
                .add("repeat", STRING, "repeat", STRING, INT)
                .add("space", STRING, "space", INT)
                .register(to);
    }

    public static Utf8 lower(Utf8 text) {
        return changed(text, 'A', 'Z', false);
    }

    public static Utf8 upper(Utf8 text) {
        return changed(text, 'a', 'z', true);
    }

    private static Utf8 changed(Utf8 text, char from, char to, boolean upper) {
        if (!CodePoints.isAscii(text)) {
            String decoded = text.toString();
            return Utf8.of(upper ? decoded.toUpperCase(Locale.ROOT) : decoded.toLowerCase(Locale.ROOT));
        }
        byte[] bytes = text.bytes();
        byte[] copy = null;
        for (int i = 0; i < text.length(); i++) {
            byte b = bytes[text.start() + i];
            if (b >= from && b <= to) {
                if (copy == null) {
                    copy = CodePoints.copy(text);
                }
                copy[i] = (byte) (b ^ 0x20);
            }
        }
        return copy == null ? text : CodePoints.of(copy);
    }

    /** Each word begins with a capital; words are what blanks separate. */
    public static Utf8 initcap(Utf8 text) {
        String lower = lower(text).toString();
        StringBuilder result = new StringBuilder(lower.length());
        boolean first = true;
        for (int i = 0; i < lower.length(); ) {
            int point = lower.codePointAt(i);
            result.append(first ? title(point) : Character.toString(point));
            first = point == ' ';
            i += Character.charCount(point);
        }
        return Utf8.of(result.toString());
    }

    /** As at the start of a word: of a letter that becomes several, such as ß, only the first is a capital. */
    private static String title(int point) {
        String upper = Character.toString(point).toUpperCase(Locale.ROOT);
        int first = upper.codePointAt(0);
        int width = Character.charCount(first);
        return upper.length() == width
                ? Character.toString(Character.toTitleCase(point))
                : upper.substring(0, width) + upper.substring(width).toLowerCase(Locale.ROOT);
    }

    public static Utf8 trim(Utf8 text) {
        return trimLeft(trimRight(text));
    }

    public static Utf8 trimLeft(Utf8 text) {
        int from = 0;
        while (from < text.length() && text.bytes()[text.start() + from] == ' ') {
            from++;
        }
        return CodePoints.bytes(text, from, text.length());
    }

    public static Utf8 trimRight(Utf8 text) {
        int to = text.length();
        while (to > 0 && text.bytes()[text.start() + to - 1] == ' ') {
            to--;
        }
        return CodePoints.bytes(text, 0, to);
    }

    /** Without the leading and trailing code points that occur in the other text. */
    public static Utf8 trimBoth(Utf8 text, Utf8 unwanted) {
        return trim(text, unwanted, true, true);
    }

    /** As {@link #trimBoth}, with the arguments the other way round. */
    public static Utf8 trimThese(Utf8 unwanted, Utf8 text) {
        return trim(text, unwanted, true, true);
    }

    public static Utf8 trimLeft(Utf8 unwanted, Utf8 text) {
        return trim(text, unwanted, true, false);
    }

    public static Utf8 trimRight(Utf8 unwanted, Utf8 text) {
        return trim(text, unwanted, false, true);
    }

    private static Utf8 trim(Utf8 text, Utf8 unwanted, boolean left, boolean right) {
        int[] points = text.toString().codePoints().toArray();
        int[] set = unwanted.toString().codePoints().toArray();
        IntPredicate drop = point -> Arrays.stream(set).anyMatch(other -> other == point);
        int from = 0;
        int to = points.length;
        while (left && from < to && drop.test(points[from])) {
            from++;
        }
        while (right && to > from && drop.test(points[to - 1])) {
            to--;
        }
        return Utf8.of(new String(points, from, to - from));
    }

    public static Utf8 padLeft(Utf8 text, int length) {
        return padLeft(text, length, BLANK);
    }

    public static Utf8 padRight(Utf8 text, int length) {
        return padRight(text, length, BLANK);
    }

    public static Utf8 padLeft(Utf8 text, int length, Utf8 with) {
        return padded(text, length, with, true);
    }

    public static Utf8 padRight(Utf8 text, int length, Utf8 with) {
        return padded(text, length, with, false);
    }

    private static Utf8 padded(Utf8 text, int length, Utf8 with, boolean left) {
        int missing = length - CodePoints.count(text);
        if (length <= 0) {
            return Utf8.EMPTY;
        }
        if (missing <= 0) {
            return CodePoints.slice(text, 0, length);
        }
        int unit = CodePoints.count(with);
        if (unit == 0) {
            return text;
        }
        Utf8 padding =
                CodePoints.join(CodePoints.repeat(with, missing / unit), CodePoints.slice(with, 0, missing % unit));
        return left ? CodePoints.join(padding, text) : CodePoints.join(text, padding);
    }

    public static byte[] padLeft(byte[] bytes, int length) {
        return padded(bytes, length, new byte[1], true);
    }

    public static byte[] padRight(byte[] bytes, int length) {
        return padded(bytes, length, new byte[1], false);
    }

    public static byte[] padLeft(byte[] bytes, int length, byte[] with) {
        return padded(bytes, length, with, true);
    }

    public static byte[] padRight(byte[] bytes, int length, byte[] with) {
        return padded(bytes, length, with, false);
    }

    private static byte[] padded(byte[] bytes, int length, byte[] with, boolean left) {
        if (length <= bytes.length || with.length == 0) {
            return Arrays.copyOf(bytes, Math.max(0, Math.min(length, bytes.length)));
        }
        byte[] result = new byte[length];
        int missing = length - bytes.length;
        int padding = left ? 0 : bytes.length;
        for (int i = 0; i < missing; i++) {
            result[padding + i] = with[i % with.length];
        }
        System.arraycopy(bytes, 0, result, left ? missing : 0, bytes.length);
        return result;
    }

    public static int length(Utf8 text) {
        return CodePoints.count(text);
    }

    public static int length(byte[] bytes) {
        return bytes.length;
    }

    public static int octetLength(Utf8 text) {
        return text.length();
    }

    public static int bitLength(Utf8 text) {
        return text.length() * 8;
    }

    public static int bitLength(byte[] bytes) {
        return bytes.length * 8;
    }

    public static Utf8 substring(Utf8 text, int place) {
        return substring(text, place, Integer.MAX_VALUE);
    }

    /** From a place: 0 is as 1, negative ones count from the end. A place before the start eats from the length. */
    public static Utf8 substring(Utf8 text, int place, int length) {
        int count = place < 0 ? CodePoints.count(text) : 0;
        int start = place > 0 ? place - 1 : place < 0 ? count + place : 0;
        long end = (long) start + length;
        return CodePoints.slice(text, Math.max(start, 0), (int) Math.max(0, Math.min(Integer.MAX_VALUE, end)));
    }

    public static byte[] substring(byte[] bytes, int place) {
        return substring(bytes, place, Integer.MAX_VALUE);
    }

    public static byte[] substring(byte[] bytes, int place, int length) {
        int start = place > 0 ? place - 1 : place < 0 ? bytes.length + place : 0;
        long end = Math.min((long) start + length, bytes.length);
        start = Math.max(start, 0);
        return start >= end ? new byte[0] : Arrays.copyOfRange(bytes, start, (int) end);
    }

    public static Utf8 left(Utf8 text, int length) {
        return CodePoints.slice(text, 0, length);
    }

    public static byte[] left(byte[] bytes, int length) {
        return substring(bytes, 1, length);
    }

    public static Utf8 right(Utf8 text, int length) {
        return length <= 0
                ? Utf8.EMPTY
                : CodePoints.slice(text, Math.max(0, CodePoints.count(text) - length), Integer.MAX_VALUE);
    }

    public static Utf8 repeat(Utf8 text, int times) {
        return CodePoints.repeat(text, times);
    }

    public static Utf8 space(int length) {
        return CodePoints.repeat(BLANK, length);
    }
}
