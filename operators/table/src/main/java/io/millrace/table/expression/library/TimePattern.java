// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.DateTimeText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The patterns of one call, as {@link DateTimeFormatter} has them but for the letters Spark does not allow. For any threads. */
public final class TimePattern {

    private static final String WEEK_BASED = "YWwuec";
    private static final String UNKNOWN = "ABnNp";
    private static final String NOT_PARSED = "EFqQ";

    private final Memo<DateTimeFormatter> writers = new Memo<>(text -> formatter(text, false));
    private final Memo<DateTimeFormatter> readers = new Memo<>(text -> formatter(text, true));

    public Utf8 format(long micros, Utf8 pattern) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, TimeFunctions.SECOND),
                (int) Math.floorMod(micros, TimeFunctions.SECOND) * 1000,
                ZoneOffset.UTC);
        return Utf8.of(writers.get(pattern).format(time.atZone(ZoneId.of("UTC"))));
    }

    public Utf8 formatSeconds(long seconds) {
        return formatSeconds(seconds, FormatFunctions.DEFAULT);
    }

    public Utf8 formatSeconds(long seconds, Utf8 pattern) {
        return format(seconds * TimeFunctions.SECOND, pattern);
    }

    public long parse(Utf8 text, Utf8 pattern) {
        try {
            return read(text, readers.get(pattern));
        } catch (DateTimeException e) {
            throw new QueryExecutionException(
                    "CANNOT_PARSE_TIMESTAMP",
                    e.getMessage()
                            + ". Use `try_to_timestamp` to tolerate invalid input string and return NULL instead.");
        }
    }

    public @Nullable Long tryParse(Utf8 text, Utf8 pattern) {
        try {
            return read(text, readers.get(pattern));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Without a pattern: as a cast that gives null where it fails. */
    public @Nullable Long tryParse(Utf8 text) {
        return DateTimeText.timestamp(text);
    }

    /** Without a pattern: as a cast that gives null where it fails. */
    public @Nullable Integer tryParseDate(Utf8 text) {
        return DateTimeText.date(text);
    }

    /** An instant is no text: the pattern does not matter. */
    public long kept(long micros, Utf8 pattern) {
        return micros;
    }

    public long kept(long micros) {
        return micros;
    }

    public int kept(int day, Utf8 pattern) {
        return day;
    }

    public int kept(int day) {
        return day;
    }

    public long keptSeconds(long micros, Utf8 pattern) {
        return TimeFunctions.secondsToEpoch(micros);
    }

    public long dateSeconds(int day) {
        return TimeFunctions.secondsToEpoch(TimeFunctions.ofDay(day));
    }

    public long dateSeconds(int day, Utf8 pattern) {
        return dateSeconds(day);
    }

    public long parseSeconds(Utf8 text) {
        return parseSeconds(text, FormatFunctions.DEFAULT);
    }

    public int parseDate(Utf8 text, Utf8 pattern) {
        return TimeFunctions.day(parse(text, pattern));
    }

    public @Nullable Integer tryParseDate(Utf8 text, Utf8 pattern) {
        Long micros = tryParse(text, pattern);
        return micros == null ? null : (Integer) TimeFunctions.day(micros);
    }

    public long parseSeconds(Utf8 text, Utf8 pattern) {
        return TimeFunctions.secondsToEpoch(parse(text, pattern));
    }

    private static long read(Utf8 text, DateTimeFormatter formatter) {
        TemporalAccessor parsed = formatter.parse(text.toString());
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            return micros(Instant.from(parsed));
        }
        LocalDate date = parsed.query(TemporalQueries.localDate());
        ZoneId zone = parsed.query(TemporalQueries.zone());
        LocalDateTime time = LocalDateTime.of(date == null ? LocalDate.EPOCH : date, time(parsed));
        return micros(time.atZone(zone == null ? ZoneOffset.UTC : zone).toInstant());
    }

    private static LocalTime time(TemporalAccessor parsed) {
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (time != null) {
            return time;
        }
        int hour = part(parsed, ChronoField.HOUR_OF_DAY, part(parsed, ChronoField.HOUR_OF_AMPM, 0));
        int nano = part(parsed, ChronoField.NANO_OF_SECOND, 0);
        return LocalTime.of(
                hour, part(parsed, ChronoField.MINUTE_OF_HOUR, 0), part(parsed, ChronoField.SECOND_OF_MINUTE, 0), nano);
    }

    private static int part(TemporalAccessor parsed, ChronoField field, int otherwise) {
        return parsed.isSupported(field) ? parsed.get(field) : otherwise;
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * TimeFunctions.SECOND + instant.getNano() / 1000;
    }

    private static DateTimeFormatter formatter(Utf8 pattern, boolean parsing) {
        String text = pattern.toString();
        check(text, parsing);
        try {
            DateTimeFormatterBuilder builder =
                    new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(text);
            if (parsing) {
                builder.parseDefaulting(ChronoField.ERA, 1)
                        .parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
                        .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
                        .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                        .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0);
                if (!text.contains("y")) {
                    builder.parseDefaulting(ChronoField.YEAR_OF_ERA, 1970);
                }
            }
            return builder.toFormatter(Locale.US)
                    .withChronology(IsoChronology.INSTANCE)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw unrecognised(text, e.getMessage());
        }
    }

    private static void check(String pattern, boolean parsing) {
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char letter = pattern.charAt(i);
            if (letter == '\'') {
                quoted = !quoted;
            } else if (!quoted && WEEK_BASED.indexOf(letter) >= 0) {
                throw new QueryExecutionException(
                        "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN",
                        "The pattern '" + pattern + "' has the week-based letter '" + letter
                                + "', which is not allowed: use the function extract");
            } else if (!quoted && parsing && NOT_PARSED.indexOf(letter) >= 0) {
                throw new QueryExecutionException(
                        "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER",
                        "The pattern '" + pattern + "' has the letter '" + letter + "', which is not allowed");
            } else if (!quoted && UNKNOWN.indexOf(letter) >= 0) {
                throw unrecognised(pattern, "the letter '" + letter + "' is not allowed");
            }
        }
    }

    private static QueryExecutionException unrecognised(String pattern, @Nullable String why) {
        return new QueryExecutionException(
                "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION",
                "The pattern '" + pattern + "' is not recognised: " + why);
    }
}
