// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths of time as Spark users write them: {@code 10 seconds}, {@code interval 1 minute 30 seconds}, {@code 500 ms}. */
final class IntervalText {

    private static final Pattern PART = Pattern.compile("\\G\\s*(-?\\d+)\\s*([a-z]+)\\s*");

    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("week", Duration.ofDays(7)),
            Map.entry("day", Duration.ofDays(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("millisecond", Duration.ofMillis(1)),
            Map.entry("ms", Duration.ofMillis(1)),
            Map.entry("microsecond", Duration.ofNanos(1_000)));

    private IntervalText() {}

    static Duration parse(String text) {
        String rest = text.trim().toLowerCase(Locale.ROOT);
        rest = rest.startsWith("interval ") ? rest.substring("interval ".length()) : rest;
        Matcher part = PART.matcher(rest);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find()) {
            Duration unit = unit(part.group(2));
            if (unit == null) {
                break;
            }
            sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
            end = part.end();
        }
        if (end == 0 || end < rest.length()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no length of time; write it as '10 seconds' or '1 minute 30 seconds'");
        }
        return sum;
    }

    private static @org.jspecify.annotations.Nullable Duration unit(String name) {
        Duration unit = UNITS.get(name);
        return unit != null || !name.endsWith("s") ? unit : UNITS.get(name.substring(0, name.length() - 1));
    }
}
