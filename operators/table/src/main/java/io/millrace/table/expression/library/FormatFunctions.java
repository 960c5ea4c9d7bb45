// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.DATE;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.STRING;
import static io.millrace.table.type.AtomicType.TIMESTAMP;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import java.util.function.Consumer;

/** Times to text and back, by patterns; and times between zones. */
public final class FormatFunctions implements FunctionLibrary {

    /** The pattern where none is given. */
    static final Utf8 DEFAULT = Utf8.of("yyyy-MM-dd HH:mm:ss");

    @Override
    public void register(Consumer<ScalarFunction> to) {
        new Definitions(FormatFunctions.class)
                .on(TimePattern::new, "date_format", STRING, "format", TIMESTAMP, STRING)
                .on(TimePattern::new, "from_unixtime", STRING, "formatSeconds", LONG)
                .on(TimePattern::new, "from_unixtime", STRING, "formatSeconds", LONG, STRING)
                .on(
                        TimePattern::new,
                        "to_timestamp to_timestamp_ltz to_timestamp_ntz",
                        TIMESTAMP,
                        "kept",
                        TIMESTAMP,
                        STRING)
                .on(TimePattern::new, "to_date", DATE, "kept", DATE, STRING)
                .on(TimePattern::new, "unix_timestamp to_unix_timestamp", LONG, "keptSeconds", TIMESTAMP, STRING)
                .on(
                        TimePattern::new,
                        "to_timestamp to_timestamp_ltz to_timestamp_ntz",
                        TIMESTAMP,
                        "parse",
                        STRING,
                        STRING)
                .on(TimePattern::new, "try_to_timestamp", TIMESTAMP, "tryParse", STRING, STRING)
                .on(TimePattern::new, "try_to_timestamp", TIMESTAMP, "tryParse", STRING)
                .on(TimePattern::new, "try_to_timestamp", TIMESTAMP, "kept", TIMESTAMP)
                .on(TimePattern::new, "try_to_date", DATE, "tryParseDate", STRING)
                .on(TimePattern::new, "try_to_date", DATE, "kept", DATE)
                .on(TimePattern::new, "unix_timestamp to_unix_timestamp", LONG, "parseSeconds", STRING)
                .on(TimePattern::new, "to_date", DATE, "parseDate", STRING, STRING)
                .on(TimePattern::new, "try_to_date", DATE, "tryParseDate", STRING, STRING)
                .on(TimePattern::new, "unix_timestamp to_unix_timestamp", LONG, "parseSeconds", STRING, STRING)
                .from(TimeFunctions.class, "unix_timestamp to_unix_timestamp", LONG, "secondsToEpoch", TIMESTAMP)
                .on(TimePattern::new, "unix_timestamp to_unix_timestamp", LONG, "dateSeconds", DATE)
                .on(TimePattern::new, "unix_timestamp to_unix_timestamp", LONG, "dateSeconds", DATE, STRING)
                .from(
                        TimeFunctions.class,
                        "to_timestamp to_timestamp_ltz to_timestamp_ntz",
                        TIMESTAMP,
                        "micros",
                        TIMESTAMP)
                .from(TimeFunctions.class, "to_date", DATE, "date", DATE)
                .uncast(0, "unix_timestamp to_unix_timestamp")
                .on(Zones::new, "convert_timezone", TIMESTAMP, "convert", STRING, STRING, TIMESTAMP)
                .on(Zones::new, "convert_timezone", TIMESTAMP, "convert", STRING, TIMESTAMP)
                .on(Zones::new, "from_utc_timestamp", TIMESTAMP, "fromUtc", TIMESTAMP, STRING)
                .on(Zones::new, "to_utc_timestamp", TIMESTAMP, "toUtc", TIMESTAMP, STRING)
                .register(to);
    }
}
