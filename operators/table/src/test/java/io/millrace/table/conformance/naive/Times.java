// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

import io.millrace.table.conformance.UnsupportedCaseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instants, durations and windows in microseconds. */
final class Times {

    private static final Pattern PART = Pattern.compile("\\s*([+-]?\\d+)\\s*([a-z]+?)s?(?=\\s|$)");

    private static final Map<String, Long> UNITS = Map.of(
            "microsecond", 1L,
            "millisecond", 1_000L,
            "second", 1_000_000L,
            "minute", 60_000_000L,
            "hour", 3_600_000_000L,
            "day", 86_400_000_000L,
            "week", 604_800_000_000L);

    private Times() {}

    /** A duration as {@code 10 seconds} or {@code INTERVAL 10 SECONDS}. */
    static long duration(String text) {
        String rest = text.toLowerCase(Locale.ROOT)
                .replace("interval", "")
                .replace("'", "")
                .trim();
        Matcher matcher = PART.matcher(rest);
        long micros = 0;
        int end = 0;
        while (end < rest.length() && matcher.find(end) && matcher.start() == end) {
            Long unit = UNITS.get(matcher.group(2));
            if (unit == null) {
                throw new UnsupportedCaseException("the duration " + text);
            }
            micros += Long.parseLong(matcher.group(1)) * unit;
            end = matcher.end();
        }
        if (end < rest.length() || rest.isEmpty()) {
            throw new UnsupportedCaseException("the duration " + text);
        }
        return micros;
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static Map<String, Object> window(long start, long end) {
        Map<String, Object> window = new LinkedHashMap<>();
        window.put("start", instant(start));
        window.put("end", instant(end));
        return window;
    }

    /** The windows that a time lies in: {@code width}, then perhaps {@code slide} and {@code start}. */
    static List<Map<String, Object>> windows(long time, List<Long> durations) {
        long width = durations.get(0);
        long slide = durations.size() > 1 ? durations.get(1) : width;
        long offset = durations.size() > 2 ? durations.get(2) : 0;
        List<Map<String, Object>> windows = new java.util.ArrayList<>();
        long last = Math.floorDiv(time - offset, slide) * slide + offset;
        for (long start = last; start > time - width; start -= slide) {
            windows.add(window(start, start + width));
        }
        return windows;
    }

    /** The time of a timestamp, or the end of a window; null for null. */
    static Long ofEvent(Object value) {
        if (value instanceof Map<?, ?> window) {
            return micros((Instant) window.get("end"));
        }
        return value == null ? null : micros((Instant) value);
    }
}
