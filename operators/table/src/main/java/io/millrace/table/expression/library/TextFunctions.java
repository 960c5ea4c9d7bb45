// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BINARY;
import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What occurs in strings: finding, replacing, parts between separators, likeness. */
public final class TextFunctions implements FunctionLibrary {

    private static final Utf8 UPPER = Utf8.of("X");
    private static final Utf8 LOWER = Utf8.of("x");
    private static final Utf8 DIGIT = Utf8.of("n");

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(TextFunctions.class);
        all.add("startswith", BOOLEAN, "startsWith", STRING, STRING)
                .add("startswith", BOOLEAN, "startsWith", BINARY, BINARY)
                .add("endswith", BOOLEAN, "endsWith", STRING, STRING)
                .add("endswith", BOOLEAN, "endsWith", BINARY, BINARY)
                .add("contains", BOOLEAN, "contains", STRING, STRING)
                .add("contains", BOOLEAN, "contains", BINARY, BINARY)
                .add("instr", INT, "instr", STRING, STRING)
                .add("locate position", INT, "locate", STRING, STRING)
                .add("locate position", INT, "locate", STRING, STRING, INT)
                .add("charindex", INT, "locate", STRING, STRING)
                .add("charindex", INT, "locate", STRING, STRING, INT)
                .add("replace", STRING, "replace", STRING, STRING)
                .add("replace", STRING, "replace", STRING, STRING, STRING)
                .add("translate", STRING, "translate", STRING, STRING, STRING)
                .add("overlay", STRING, "overlay", STRING, STRING, INT)
                .add("overlay", STRING, "overlay", STRING, STRING, INT, INT)
                .add("substring_index", STRING, "substringIndex", STRING, STRING, INT)
                .add("split_part", STRING, "splitPart", STRING, STRING, INT)
                .add("find_in_set", INT, "findInSet", STRING, STRING)
                .add("ascii", INT, "ascii", STRING)
                .add("char chr", STRING, "chr", LONG)
                .add("soundex", STRING, "soundex", STRING)
                .add("levenshtein", INT, "levenshtein", STRING, STRING)
                .add("levenshtein", INT, "levenshtein", STRING, STRING, INT)
                .add("sentences", new ArrayType(new ArrayType(STRING, false), false), "sentences", STRING)
                .uncast(0, "soundex")
                .bound("mask", 1, 5, (name, arguments) -> masking(all, name, arguments))
                .add("is_valid_utf8", BOOLEAN, "isValid", STRING)
                .register(to);
    }

    private static BoundFunction masking(Definitions all, String name, List<Expression> arguments) {
        for (int place = 0; place < arguments.size(); place++) {
            Expression argument = arguments.get(place);
            if (argument.type() != STRING && argument.type() != AtomicType.NULL) {
                throw Definitions.unexpectedType(name, place, STRING.sql(), argument.type());
            }
            if (place > 0 && argument instanceof Expression.Reference) {
                throw new AnalysisException(
                        "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
                        "The characters of `" + name + "` must be constants, but parameter " + (place + 1)
                                + " is a column");
            }
            if (place > 0
                    && argument instanceof Expression.Literal literal
                    && literal.value() instanceof Utf8 character
                    && CodePoints.count(character) != 1) {
                throw new AnalysisException(
                        "DATATYPE_MISMATCH.INPUT_SIZE_NOT_ONE",
                        "Parameter " + (place + 1) + " of `" + name + "` must be one character, but is '" + character
                                + "'");
            }
        }
        return all.call(name, "mask", STRING, Definitions.times(arguments.size(), STRING));
    }

    public static boolean startsWith(Utf8 text, Utf8 part) {
        return part.length() <= text.length()
                && CodePoints.bytes(text, 0, part.length()).equals(part);
    }

    public static boolean startsWith(byte[] bytes, byte[] part) {
        return startsWith(CodePoints.of(bytes), CodePoints.of(part));
    }

    public static boolean endsWith(Utf8 text, Utf8 part) {
        return part.length() <= text.length()
                && CodePoints.bytes(text, text.length() - part.length(), text.length())
                        .equals(part);
    }

    public static boolean endsWith(byte[] bytes, byte[] part) {
        return endsWith(CodePoints.of(bytes), CodePoints.of(part));
    }

    public static boolean contains(Utf8 text, Utf8 part) {
        return CodePoints.find(text, part, 0) >= 0;
    }

    public static boolean contains(byte[] bytes, byte[] part) {
        return contains(CodePoints.of(bytes), CodePoints.of(part));
    }

    /** The place of the first occurrence; 0 if there is none. */
    public static int instr(Utf8 text, Utf8 part) {
        int at = CodePoints.find(text, part, 0);
        return at < 0 ? 0 : CodePoints.countBefore(text, at) + 1;
    }

    public static int locate(Utf8 part, Utf8 text) {
        return instr(text, part);
    }

    /** The place of the first occurrence from a place on; 0 if there is none, or the place is null or before 1. */
    public static @Nullable Integer locate(@Nullable Utf8 part, @Nullable Utf8 text, @Nullable Integer place) {
        if (place == null) {
            return 0;
        }
        if (part == null || text == null) {
            return null;
        }
        if (place < 1) {
            return 0;
        }
        int from = CodePoints.offset(text, place - 1);
        int at = CodePoints.find(text, part, from);
        return at < 0 ? 0 : CodePoints.countBefore(text, at) + 1;
    }

    public static Utf8 replace(Utf8 text, Utf8 part) {
        return replace(text, part, Utf8.EMPTY);
    }

    public static Utf8 replace(Utf8 text, Utf8 part, Utf8 with) {
        if (part.length() == 0 || CodePoints.find(text, part, 0) < 0) {
            return text;
        }
        return Utf8.of(text.toString().replace(part.toString(), with.toString()));
    }

    /** Each code point of one text by that at the same place of the other; by nothing if that is shorter. */
    public static Utf8 translate(Utf8 text, Utf8 from, Utf8 to) {
        int[] keys = from.toString().codePoints().toArray();
        int[] values = to.toString().codePoints().toArray();
        Map<Integer, Integer> dictionary = new HashMap<>();
        for (int i = 0; i < keys.length; i++) {
            dictionary.putIfAbsent(keys[i], i < values.length ? values[i] : -1);
        }
        StringBuilder result = new StringBuilder(text.length());
        text.toString().codePoints().forEach(point -> {
            int other = dictionary.getOrDefault(point, point);
            if (other >= 0) {
                result.appendCodePoint(other);
            }
        });
        return Utf8.of(result.toString());
    }

    public static Utf8 overlay(Utf8 text, Utf8 with, int place) {
        return overlay(text, with, place, -1);
    }

    /** With a part replaced; a negative length is that of what comes in. */
    public static Utf8 overlay(Utf8 text, Utf8 with, int place, int length) {
        int width = length >= 0 ? length : CodePoints.count(with);
        return CodePoints.join(
                StringFunctions.substring(text, 1, place - 1), with, StringFunctions.substring(text, place + width));
    }

    /** What is before the n-th separator; behind the n-th from the end if negative. All of it if there are not so many. */
    public static Utf8 substringIndex(Utf8 text, Utf8 separator, int count) {
        if (separator.length() == 0 || count == 0) {
            return Utf8.EMPTY;
        }
        if (count > 0) {
            int at = -1;
            for (int i = 0; i < count; i++) {
                at = CodePoints.find(text, separator, at + 1);
                if (at < 0) {
                    return text;
                }
            }
            return CodePoints.bytes(text, 0, at);
        }
        int at = text.length() - separator.length() + 1;
        for (int i = 0; i > count; i--) {
            at = CodePoints.findLast(text, separator, at - 1);
            if (at < 0) {
                return text;
            }
        }
        return CodePoints.bytes(text, at + separator.length(), text.length());
    }

    /** The n-th part, from the end if negative; empty if there are not so many. */
    public static Utf8 splitPart(Utf8 text, Utf8 separator, int place) {
        if (place == 0) {
            throw new QueryExecutionException(
                    "INVALID_INDEX_OF_ZERO",
                    "The index 0 is invalid: the parts of split_part are counted from 1, or from the end by -1");
        }
        if (separator.length() == 0) {
            return place == 1 || place == -1 ? text : Utf8.EMPTY;
        }
        int wanted = place;
        if (place < 0) {
            int parts = 1;
            for (int at = CodePoints.find(text, separator, 0);
                    at >= 0;
                    at = CodePoints.find(text, separator, at + separator.length())) {
                parts++;
            }
            wanted = parts + place + 1;
            if (wanted < 1) {
                return Utf8.EMPTY;
            }
        }
        int from = 0;
        for (int part = 1; ; part++) {
            int at = CodePoints.find(text, separator, from);
            if (part == wanted) {
                return CodePoints.bytes(text, from, at < 0 ? text.length() : at);
            }
            if (at < 0) {
                return Utf8.EMPTY;
            }
            from = at + separator.length();
        }
    }

    /** The place in a list between commas; 0 if it is not there or holds a comma. */
    public static int findInSet(Utf8 word, Utf8 list) {
        if (CodePoints.find(word, Utf8.of(","), 0) >= 0) {
            return 0;
        }
        return Arrays.asList(list.toString().split(",", -1)).indexOf(word.toString()) + 1;
    }

    /** The number of the first code point; 0 if there is none. */
    public static int ascii(Utf8 text) {
        return text.length() == 0 ? 0 : text.toString().codePointAt(0);
    }

    /** The character of the lowest eight bits; empty if the number is negative. */
    public static Utf8 chr(long number) {
        return number < 0 ? Utf8.EMPTY : Utf8.of(String.valueOf((char) (number & 0xff)));
    }

    /** The code of the sound in English; the text itself if it does not begin with a letter. */
    public static Utf8 soundex(Utf8 text) {
        Utf8 upper = StringFunctions.upper(text);
        byte[] bytes = upper.bytes();
        if (upper.length() == 0 || !isLetter(bytes[upper.start()])) {
            return text;
        }
        byte[] code = {bytes[upper.start()], '0', '0', '0'};
        char last = sound(code[0]);
        int at = 1;
        for (int i = 1; i < upper.length() && at < 4; i++) {
            byte b = bytes[upper.start() + i];
            char sound = isLetter(b) ? sound(b) : '0';
            if (sound != '7') { // h and w do not part equal sounds
                if (sound != '0' && sound != last) {
                    code[at++] = (byte) sound;
                }
                last = sound;
            }
        }
        return CodePoints.of(code);
    }

    private static boolean isLetter(byte b) {
        return b >= 'A' && b <= 'Z';
    }

    private static char sound(byte letter) {
        return "01230127022455012623017202".charAt(letter - 'A');
    }

    public static int levenshtein(Utf8 left, Utf8 right) {
        int[] a = left.toString().codePoints().toArray();
        int[] b = right.toString().codePoints().toArray();
        int[] row = new int[b.length + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length; j++) {
                int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length];
    }

    /** The distance; -1 if it is greater than a bound. */
    public static int levenshtein(Utf8 left, Utf8 right, int most) {
        int distance = levenshtein(left, right);
        return distance > most ? -1 : distance;
    }

    /** The words of each sentence, as the rules of English cut them. */
    public static Object[] sentences(Utf8 text) {
        return Sentences.of(text.toString());
    }

    /** Capitals as X, small letters as x, digits as n. */
    public static Utf8 mask(Utf8 text) {
        return masked(text, UPPER, LOWER, DIGIT, null);
    }

    public static @Nullable Utf8 mask(@Nullable Utf8 text, @Nullable Utf8 upper) {
        return text == null ? null : masked(text, upper, LOWER, DIGIT, null);
    }

    public static @Nullable Utf8 mask(@Nullable Utf8 text, @Nullable Utf8 upper, @Nullable Utf8 lower) {
        return text == null ? null : masked(text, upper, lower, DIGIT, null);
    }

    public static @Nullable Utf8 mask(
            @Nullable Utf8 text, @Nullable Utf8 upper, @Nullable Utf8 lower, @Nullable Utf8 digit) {
        return text == null ? null : masked(text, upper, lower, digit, null);
    }

    /** With one character each for upper case, lower case, digits and all others; null keeps those. */
    public static @Nullable Utf8 mask(
            @Nullable Utf8 text,
            @Nullable Utf8 upper,
            @Nullable Utf8 lower,
            @Nullable Utf8 digit,
            @Nullable Utf8 other) {
        return text == null ? null : masked(text, upper, lower, digit, other);
    }

    private static Utf8 masked(
            Utf8 text, @Nullable Utf8 upper, @Nullable Utf8 lower, @Nullable Utf8 digit, @Nullable Utf8 other) {
        StringBuilder result = new StringBuilder();
        text.toString().chars().forEach(point -> {
            Utf8 with = Character.isUpperCase(point)
                    ? upper
                    : Character.isLowerCase(point) ? lower : Character.isDigit(point) ? digit : other;
            result.append(with == null ? Character.toString(point) : with.toString());
        });
        return Utf8.of(result.toString());
    }

    public static boolean isValid(Utf8 text) {
        return Utf8.of(text.toString()).equals(text);
    }
}
