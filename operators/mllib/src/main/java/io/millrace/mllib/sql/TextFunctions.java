// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.table.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions of texts. Places and lengths count code points, from 1. */
final class TextFunctions {

    private static final int LONGEST = 1 << 26;

    private TextFunctions() {}

    @FunctionalInterface
    private interface TextFunction {
        Object apply(String text);
    }

    @FunctionalInterface
    private interface TwoTexts {
        Object apply(String x, String y);
    }

    static void register(Map<String, SqlFunctions.Builder> to) {
        for (String name : List.of("upper", "ucase")) {
            one(to, name, DataType.STRING, text -> text.toUpperCase(Locale.ROOT));
        }
        for (String name : List.of("lower", "lcase")) {
            one(to, name, DataType.STRING, text -> text.toLowerCase(Locale.ROOT));
        }
        for (String name : List.of("length", "len", "char_length", "character_length")) {
            one(to, name, DataType.INTEGER, text -> text.codePointCount(0, text.length()));
        }
        one(to, "trim", DataType.STRING, text -> trim(text, true, true));
        one(to, "ltrim", DataType.STRING, text -> trim(text, true, false));
        one(to, "rtrim", DataType.STRING, text -> trim(text, false, true));
        one(
                to,
                "reverse",
                DataType.STRING,
                text -> new StringBuilder(text).reverse().toString());
        two(to, "startswith", DataType.BOOLEAN, String::startsWith);
        two(to, "endswith", DataType.BOOLEAN, String::endsWith);
        two(to, "contains", DataType.BOOLEAN, String::contains);
        two(to, "instr", DataType.INTEGER, (x, y) -> place(x, y));
        two(to, "position", DataType.INTEGER, (x, y) -> place(y, x));
        two(to, "locate", DataType.INTEGER, (x, y) -> place(y, x));
        to.put(
                "concat",
                list -> SqlFunctions.all(
                        DataType.STRING, list.stream().map(SqlFunctions::text).toList(), TextFunctions::join));
        to.put("concat_ws", TextFunctions::concatWs);
        to.put("substring", TextFunctions::substring);
        to.put("substr", TextFunctions::substring);
        to.put("left", list -> list.size() != 2 ? null : textAndNumber(list, (text, n) -> cut(text, 1, n)));
        to.put(
                "right",
                list -> list.size() != 2 ? null : textAndNumber(list, (text, n) -> n <= 0 ? "" : cut(text, -n, n)));
        to.put("repeat", list -> list.size() != 2 ? null : textAndNumber(list, TextFunctions::repeat));
        to.put("lpad", list -> pad(list, true));
        to.put("rpad", list -> pad(list, false));
        to.put("replace", TextFunctions::replace);
        to.put("regexp_replace", TextFunctions::regexpReplace);
        to.put("regexp_extract", TextFunctions::regexpExtract);
        to.put("split", TextFunctions::split);
        for (String name : List.of("rlike", "regexp", "regexp_like")) {
            to.put(name, list -> list.size() == 2 ? SqlPredicates.rlike(list.get(0), list.get(1)) : null);
        }
        one(to, "initcap", DataType.STRING, TextFunctions::capitalized);
        to.put("hex", list -> list.size() == 1 ? hex(list.get(0)) : null);
        to.put("bin", list -> list.size() == 1 ? bin(list.get(0)) : null);
    }

    private static void one(Map<String, SqlFunctions.Builder> to, String name, DataType type, TextFunction function) {
        to.put(
                name,
                list -> list.size() == 1
                        ? SqlFunctions.text(list.get(0)).map(type, x -> function.apply((String) x))
                        : null);
    }

    private static void two(Map<String, SqlFunctions.Builder> to, String name, DataType type, TwoTexts function) {
        to.put(
                name,
                list -> list.size() == 2
                        ? SqlFunctions.text(list.get(0))
                                .map(
                                        SqlFunctions.text(list.get(1)),
                                        type,
                                        (x, y) -> function.apply((String) x, (String) y))
                        : null);
    }

    @FunctionalInterface
    private interface TextAndNumber {
        String apply(String text, int number);
    }

    private static SqlExpression textAndNumber(List<SqlExpression> list, TextAndNumber function) {
        return SqlFunctions.text(list.get(0))
                .map(
                        SqlFunctions.integer(list.get(1)),
                        DataType.STRING,
                        (x, y) -> function.apply((String) x, (Integer) y));
    }

    private static String join(Object[] values) {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            text.append(value);
        }
        return text.toString();
    }

    /** The place of {@code part}, from 1, or 0 if it is not in {@code text}. */
    private static int place(String text, String part) {
        int index = text.indexOf(part);
        return index < 0 ? 0 : text.codePointCount(0, index) + 1;
    }

    /** Takes blanks away, and no other white space. */
    private static String trim(String text, boolean front, boolean back) {
        int from = 0;
        int to = text.length();
        while (front && from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (back && from < to && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    private static @Nullable SqlExpression concatWs(List<SqlExpression> list) {
        if (list.isEmpty()) {
            return null;
        }
        SqlExpression[] parts = list.stream().map(SqlFunctions::text).toArray(SqlExpression[]::new);
        boolean constant = list.stream().allMatch(SqlExpression::constant);
        return new SqlExpression(DataType.STRING, list.get(0).nullable(), constant, slots -> {
            Object separator = parts[0].value().of(slots);
            if (separator == null) {
                return null;
            }
            List<String> texts = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                Object text = parts[i].value().of(slots);
                if (text != null) {
                    texts.add((String) text);
                }
            }
            return String.join((String) separator, texts);
        });
    }

    private static @Nullable SqlExpression substring(List<SqlExpression> list) {
        if (list.size() == 2) {
            return textAndNumber(list, (text, from) -> cut(text, from, Integer.MAX_VALUE));
        }
        if (list.size() != 3) {
            return null;
        }
        return SqlFunctions.all(
                DataType.STRING,
                List.of(
                        SqlFunctions.text(list.get(0)),
                        SqlFunctions.integer(list.get(1)),
                        SqlFunctions.integer(list.get(2))),
                values -> cut((String) values[0], (Integer) values[1], (Integer) values[2]));
    }

    /** {@code length} code points from place {@code from}; a negative place counts from the end, 0 is as 1. */
    private static String cut(String text, int from, int length) {
        int size = text.codePointCount(0, text.length());
        long start = from > 0 ? from - 1L : from < 0 ? (long) size + from : 0L;
        long end = Math.min(size, start + length);
        long first = Math.max(0, start);
        return first >= end
                ? ""
                : text.substring(text.offsetByCodePoints(0, (int) first), text.offsetByCodePoints(0, (int) end));
    }

    private static String repeat(String text, int times) {
        if ((long) text.length() * Math.max(0, times) > LONGEST) {
            throw new IllegalArgumentException("a text longer than " + LONGEST);
        }
        return text.repeat(Math.max(0, times));
    }

    private static @Nullable SqlExpression pad(List<SqlExpression> list, boolean front) {
        if (list.size() != 2 && list.size() != 3) {
            return null;
        }
        SqlExpression with = list.size() == 3 ? list.get(2) : SqlExpression.literal(DataType.STRING, " ");
        return SqlFunctions.all(
                DataType.STRING,
                List.of(SqlFunctions.text(list.get(0)), SqlFunctions.integer(list.get(1)), SqlFunctions.text(with)),
                values -> padded((String) values[0], (Integer) values[1], (String) values[2], front));
    }

    private static String padded(String text, int length, String with, boolean front) {
        int size = text.codePointCount(0, text.length());
        if (length <= size || with.isEmpty()) {
            return cut(text, 1, Math.max(0, length));
        }
        int missing = length - size;
        String padding = cut(repeat(with, missing / with.codePointCount(0, with.length()) + 1), 1, missing);
        return front ? padding + text : text + padding;
    }

    private static @Nullable SqlExpression replace(List<SqlExpression> list) {
        if (list.size() != 2 && list.size() != 3) {
            return null;
        }
        SqlExpression by = list.size() == 3 ? list.get(2) : SqlExpression.literal(DataType.STRING, "");
        return texts(
                list.get(0),
                list.get(1),
                by,
                (text, search, replacement) -> search.isEmpty() ? text : text.replace(search, replacement));
    }

    @FunctionalInterface
    private interface ThreeTexts {
        String apply(String x, String y, String z);
    }

    private static SqlExpression texts(SqlExpression x, SqlExpression y, SqlExpression z, ThreeTexts function) {
        return SqlFunctions.all(
                DataType.STRING,
                List.of(SqlFunctions.text(x), SqlFunctions.text(y), SqlFunctions.text(z)),
                values -> function.apply((String) values[0], (String) values[1], (String) values[2]));
    }

    private static @Nullable SqlExpression regexpReplace(List<SqlExpression> list) {
        return list.size() != 3
                ? null
                : texts(
                        list.get(0),
                        list.get(1),
                        list.get(2),
                        (text, regex, by) ->
                                Pattern.compile(regex).matcher(text).replaceAll(by));
    }

    private static @Nullable SqlExpression regexpExtract(List<SqlExpression> list) {
        if (list.size() != 2 && list.size() != 3) {
            return null;
        }
        SqlExpression group = list.size() == 3 ? list.get(2) : SqlExpression.literal(DataType.INTEGER, 1);
        return SqlFunctions.all(
                DataType.STRING,
                List.of(SqlFunctions.text(list.get(0)), SqlFunctions.text(list.get(1)), SqlFunctions.integer(group)),
                values -> {
                    Matcher matcher = Pattern.compile((String) values[1]).matcher((String) values[0]);
                    String found = matcher.find() ? matcher.group((Integer) values[2]) : null;
                    return found == null ? "" : found;
                });
    }

    private static @Nullable SqlExpression split(List<SqlExpression> list) {
        if (list.size() != 2 && list.size() != 3) {
            return null;
        }
        SqlExpression limit = list.size() == 3 ? list.get(2) : SqlExpression.literal(DataType.INTEGER, -1);
        return SqlFunctions.all(
                new DataType.Array(DataType.STRING, false),
                List.of(SqlFunctions.text(list.get(0)), SqlFunctions.text(list.get(1)), SqlFunctions.integer(limit)),
                values -> pieces((String) values[0], (String) values[1], (Integer) values[2]));
    }

    private static List<String> pieces(String text, String regex, int limit) {
        // 0 is as -1: empty pieces at the end stay
        String[] pieces = Pattern.compile(regex).split(text, limit == 0 ? -1 : limit);
        return List.of(pieces);
    }

    /** With a capital letter behind each space, and small ones elsewhere. */
    private static String capitalized(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean first = true;
        for (int at = 0; at < text.length(); ) {
            int letter = text.codePointAt(at);
            at += Character.charCount(letter);
            if (first) {
                result.appendCodePoint(Character.toTitleCase(letter));
            } else {
                result.append(Character.toString(letter).toLowerCase(Locale.ROOT));
            }
            first = letter == ' ';
        }
        return result.toString();
    }

    private static SqlExpression hex(SqlExpression x) {
        if (SqlTypes.isText(x.type())) {
            return x.map(
                    DataType.STRING,
                    text -> HexFormat.of().withUpperCase().formatHex(((String) text).getBytes(StandardCharsets.UTF_8)));
        }
        return wide(x, value -> Long.toHexString(value).toUpperCase(Locale.ROOT));
    }

    private static SqlExpression bin(SqlExpression x) {
        return wide(x, Long::toBinaryString);
    }

    private static SqlExpression wide(SqlExpression x, LongFunction<String> function) {
        if (!x.type().isNumeric() && !SqlTypes.isText(x.type()) && !x.isVoid()) {
            throw new SqlException("a number is expected, not " + x.type().sparkName());
        }
        return SqlCast.to(x, DataType.LONG).map(DataType.STRING, value -> function.apply((Long) value));
    }
}
