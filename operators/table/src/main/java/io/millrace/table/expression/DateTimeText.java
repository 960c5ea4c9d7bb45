// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.data.Utf8;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates, timestamps (in UTC) and intervals as texts, in the formats of casts. */
public final class DateTimeText {

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final Pattern DATE =
            Pattern.compile("([+-]?\\d{4,7})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[ T].*)?)?)?", Pattern.DOTALL);
    private static final Pattern TIMESTAMP = Pattern.compile("([+-]?\\d{4,6})(?:-(\\d{1,2})(?:-(\\d{1,2})"
            + "(?:[ T](?:(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?)?)?\\s*(\\S.*)?)?)?)?");
    private static final Pattern OFFSET =
            Pattern.compile("(?:UTC|GMT|UT)?([+-])(\\d{1,2})(?::?(\\d{1,2}))?(?::?(\\d{1,2}))?");
    private static final Pattern DAY_TIME = Pattern.compile(
            "(?:INTERVAL\\s+)?([+-])?'?([+-])?(\\d+)(?: (\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,9}))?)?'?"
                    + "(?:\\s+DAY(?:\\s+TO\\s+SECOND)?)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern YEAR_MONTH = Pattern.compile(
            "(?:INTERVAL\\s+)?([+-])?'?([+-])?(\\d+)-(\\d{1,2})'?(?:\\s+YEAR\\s+TO\\s+MONTH)?",
            Pattern.CASE_INSENSITIVE);

    private DateTimeText() {}

    /** The days since 1970-01-01 of a text such as {@code 2024-01-31}; null if it is no date. */
    public static @Nullable Integer date(Utf8 text) {
        Matcher found = DATE.matcher(trimmed(text));
        if (!found.matches()) {
            return null;
        }
        Long day = day(found.group(1), found.group(2), found.group(3));
        return day == null || day != day.intValue() ? null : Integer.valueOf(day.intValue());
    }

    /** The microseconds since 1970 of a text such as {@code 2024-01-31T12:30:00.5Z}, in UTC without a zone; null if it is no timestamp. */
    public static @Nullable Long timestamp(Utf8 text) {
        Matcher found = TIMESTAMP.matcher(trimmed(text));
        if (!found.matches()) {
            return null;
        }
        Long day = day(found.group(1), found.group(2), found.group(3));
        if (day == null) {
            return null;
        }
        int hour = number(found.group(4), 0);
        int minute = number(found.group(5), 0);
        int second = number(found.group(6), 0);
        if (hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            long micros = Math.addExact(
                    Math.multiplyExact(day, MICROS_PER_DAY),
                    ((hour * 60L + minute) * 60 + second) * 1_000_000 + fraction(found.group(7)));
            return zoned(micros, found.group(8));
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** A date as {@code 2024-01-31}. */
    public static Utf8 formatDate(int days) {
        return Utf8.of(dateText(days));
    }

    /** A timestamp as {@code 2024-01-31 12:30:00.5}, in UTC. */
    public static Utf8 formatTimestamp(long micros) {
        long day = Math.floorDiv(micros, MICROS_PER_DAY);
        long rest = Math.floorMod(micros, MICROS_PER_DAY);
        return Utf8.of(dateText(day) + " " + clock(rest));
    }

    /** The microseconds of a text such as {@code 1 02:03:04.5}; null if it is no interval. */
    public static @Nullable Long dayTime(Utf8 text) {
        Matcher found = DAY_TIME.matcher(trimmed(text));
        if (!found.matches()) {
            return null;
        }
        try {
            long micros = Math.addExact(
                    Math.multiplyExact(Long.parseLong(found.group(3)), MICROS_PER_DAY),
                    ((number(found.group(4), 0) * 60L + number(found.group(5), 0)) * 60 + number(found.group(6), 0))
                                    * 1_000_000
                            + fraction(found.group(7)));
            return negative(found) ? -micros : micros;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /** The months of a text such as {@code 1-2}; null if it is no interval. */
    public static @Nullable Integer yearMonth(Utf8 text) {
        Matcher found = YEAR_MONTH.matcher(trimmed(text));
        if (!found.matches() || number(found.group(4), 0) > 11) {
            return null;
        }
        try {
            int months =
                    Math.addExact(Math.multiplyExact(Integer.parseInt(found.group(3)), 12), number(found.group(4), 0));
            return negative(found) ? -months : months;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /** An interval as {@code INTERVAL '1 02:03:04.5' DAY TO SECOND}. */
    public static Utf8 formatDayTime(long micros) {
        String sign = micros < 0 ? "-" : "";
        long days = Math.abs(micros / MICROS_PER_DAY);
        long rest = Math.abs(micros % MICROS_PER_DAY);
        return Utf8.of("INTERVAL '" + sign + days + " " + clock(rest) + "' DAY TO SECOND");
    }

    /** An interval as {@code INTERVAL '1-2' YEAR TO MONTH}. */
    public static Utf8 formatYearMonth(int months) {
        String sign = months < 0 ? "-" : "";
        return Utf8.of("INTERVAL '" + sign + Math.abs(months / 12) + "-" + Math.abs(months % 12) + "' YEAR TO MONTH");
    }

    private static String dateText(long days) {
        LocalDate date = LocalDate.ofEpochDay(days);
        return date.toString();
    }

    private static String clock(long micros) {
        long seconds = micros / 1_000_000;
        String text = two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
        long fraction = micros % 1_000_000;
        if (fraction == 0) {
            return text;
        }
        String digits = String.valueOf(1_000_000 + fraction).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return text + "." + digits.substring(0, end);
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    private static boolean negative(Matcher found) {
        return "-".equals(found.group(1)) != "-".equals(found.group(2));
    }

    private static @Nullable Long day(String year, @Nullable String month, @Nullable String day) {
        try {
            return LocalDate.of(Integer.parseInt(year), number(month, 1), number(day, 1))
                    .toEpochDay();
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Long zoned(long micros, @Nullable String zone) {
        if (zone == null || zone.equals("Z") || zone.equals("UTC")) {
            return micros;
        }
        Matcher offset = OFFSET.matcher(zone);
        if (offset.matches()) {
            int hours = number(offset.group(2), 0);
            int minutes = number(offset.group(3), 0);
            int seconds = (hours * 60 + minutes) * 60 + number(offset.group(4), 0);
            if (minutes > 59 || seconds > 18 * 3600) {
                return null;
            }
            return micros - (offset.group(1).equals("-") ? -1 : 1) * (seconds * 1_000_000L);
        }
        try {
            long second = Math.floorDiv(micros, 1_000_000L);
            ZoneOffset found = java.time.LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC)
                    .atZone(ZoneId.of(zone, ZoneId.SHORT_IDS))
                    .getOffset();
            return micros - found.getTotalSeconds() * 1_000_000L;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static long fraction(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return 0;
        }
        return Long.parseLong((digits + "00000").substring(0, 6));
    }

    private static int number(@Nullable String digits, int absent) {
        return digits == null ? absent : Integer.parseInt(digits);
    }

    private static String trimmed(Utf8 text) {
        return text.toString().trim();
    }
}
