// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lengths of time in words: {@code 10 seconds}, {@code 1 hour 30 minutes}, {@code interval 1 day}. */
final class Intervals {

    private static final Map<String, Long> MICROS = Map.ofEntries(
            Map.entry("microsecond", 1L),
            Map.entry("us", 1L),
            Map.entry("millisecond", 1_000L),
            Map.entry("ms", 1_000L),
            Map.entry("second", 1_000_000L),
            Map.entry("sec", 1_000_000L),
            Map.entry("s", 1_000_000L),
            Map.entry("minute", 60_000_000L),
            Map.entry("min", 60_000_000L),
            Map.entry("m", 60_000_000L),
            Map.entry("hour", 3_600_000_000L),
            Map.entry("h", 3_600_000_000L),
            Map.entry("day", 86_400_000_000L),
            Map.entry("d", 86_400_000_000L),
            Map.entry("week", 604_800_000_000L));

    private Intervals() {}

    /** Whether a word, in singular or plural, is a unit of time of a fixed length. */
    static boolean unit(String word) {
        return micros(word) != null;
    }

    /** Whether a word, in singular or plural, is a unit of months. */
    static boolean monthUnit(String word) {
        return months(word) > 0;
    }

    /** The months of a unit; 0 if it has a fixed length or is none. */
    static int months(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "year", "years" -> 12;
            case "month", "months" -> 1;
            default -> 0;
        };
    }

    /** The microseconds of a unit; null if it is none of a fixed length. */
    static @Nullable Long micros(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        Long found = MICROS.get(lower);
        return found == null && lower.length() > 3 && lower.endsWith("s")
                ? MICROS.get(lower.substring(0, lower.length() - 1))
                : found;
    }

    /**
     * Microseconds.
     *
     * @throws AnalysisException {@code INVALID_INTERVAL_FORMAT} if the text is none, or {@code _LEGACY_ERROR_TEMP_1038} if it has months or years
     */
    static long parse(String text) {
        return parse(text, 0);
    }

    /** Microseconds of a delay, in which a month has 31 days. */
    static long delay(String text) {
        return parse(text, 31 * 86_400_000_000L);
    }

    /** With a length for months, 0 if they are refused. */
    private static long parse(String text, long month) {
        String[] words = text.strip().split("\\s+", -1);
        int at = words.length > 0 && "interval".equalsIgnoreCase(words[0]) ? 1 : 0;
        if (text.isBlank()) {
            throw unparsable("INPUT_IS_EMPTY", text);
        }
        if (at == words.length) {
            throw unparsable("UNRECOGNIZED_NUMBER", text);
        }
        long sum = 0;
        try {
            for (; at < words.length; at += 2) {
                BigDecimal number = number(words[at], text);
                if (at + 1 == words.length) {
                    throw unparsable("MISSING_UNIT", text);
                }
                if (month > 0 && monthUnit(words[at + 1])) {
                    long months = Math.multiplyExact(months(words[at + 1]), number.longValueExact());
                    sum = Math.addExact(sum, Math.multiplyExact(months, month));
                    continue;
                }
                if (monthUnit(words[at + 1])) {
                    throw new AnalysisException(
                            "_LEGACY_ERROR_TEMP_1038",
                            "'" + text
                                    + "' has months, whose length differs; use weeks, days, hours and smaller units");
                }
                Long micros = micros(words[at + 1]);
                if (micros == null) {
                    throw unparsable("INVALID_UNIT", text);
                }
                sum = Math.addExact(
                        sum, number.multiply(BigDecimal.valueOf(micros)).longValueExact());
            }
        } catch (ArithmeticException e) {
            throw unparsable("ARITHMETIC_EXCEPTION", text);
        }
        return sum;
    }

    private static BigDecimal number(String word, String text) {
        try {
            return new BigDecimal(word);
        } catch (NumberFormatException e) {
            throw unparsable("UNRECOGNIZED_NUMBER", text);
        }
    }

    private static AnalysisException unparsable(String why, String text) {
        return new AnalysisException(
                "INVALID_INTERVAL_FORMAT." + why,
                "'" + text
                        + "' is not a length of time; write a number and a unit, as '10 seconds' or '1 hour 30 minutes'");
    }
}
