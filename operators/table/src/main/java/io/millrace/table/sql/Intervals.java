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
     * @throws AnalysisException {@code CANNOT_PARSE_INTERVAL} if the text is none, or {@code INTERVAL_WITH_MONTHS} if it has months or years
     */
    static long parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        int at = words.length > 0 && "interval".equalsIgnoreCase(words[0]) ? 1 : 0;
        if (at == words.length || (words.length - at) % 2 != 0) {
            throw unparsable(text);
        }
        long sum = 0;
        try {
            for (; at < words.length; at += 2) {
                if (monthUnit(words[at + 1])) {
                    throw new AnalysisException(
                            "_LEGACY_ERROR_TEMP_1038",
                            "'" + text
                                    + "' has months, whose length differs; use weeks, days, hours and smaller units");
                }
                Long micros = micros(words[at + 1]);
                if (micros == null) {
                    throw unparsable(text);
                }
                sum = Math.addExact(
                        sum,
                        new BigDecimal(words[at])
                                .multiply(BigDecimal.valueOf(micros))
                                .longValueExact());
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw unparsable(text);
        }
        return sum;
    }

    private static AnalysisException unparsable(String text) {
        return new AnalysisException(
                "CANNOT_PARSE_INTERVAL",
                "'" + text
                        + "' is not a length of time; write a number and a unit, as '10 seconds' or '1 hour 30 minutes'");
    }
}
