// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.expression.library.Calls.date;
import static io.millrace.table.expression.library.Calls.fails;
import static io.millrace.table.expression.library.Calls.held;
import static io.millrace.table.expression.library.Calls.is;
import static io.millrace.table.expression.library.Calls.time;

import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class TimeFunctionsTest {

    private static void dateIs(String expected, String name, Object... arguments) {
        is(held(date(expected)), name, arguments);
    }

    private static void timeIs(String expected, String name, Object... arguments) {
        is(held(time(expected)), name, arguments);
    }

    @Test
    void takesDatesApart() {
        Expression.Literal old = time("1969-12-31T23:59:59Z");
        is(1969, "year", old);
        is(4, "dayofweek", old);
        is(2, "weekday", old);
        is(365, "dayofyear", old);
        is(23, "hour", old);
        is(59, "minute", old);
        is(59, "second", old);
        is(1, "weekofyear", old);
        is(4, "quarter", old);
        is(9, "weekofyear", date("2024-02-29"));
        is(new BigDecimal("5.432100"), "date_part", "SECONDS", time("2024-01-02T03:26:05.432100Z"));
        is(2020, "extract", "yearofweek", date("2021-01-03"));
        fails("INVALID_EXTRACT_FIELD", "date_part", "nonsense", date("2021-01-03"));
    }

    @Test
    void computesWithDates() {
        dateIs("2024-02-01", "date_add", date("2024-01-31"), 1);
        dateIs("2023-12-31", "date_sub", date("2024-01-31"), 31);
        dateIs("2024-02-29", "add_months", date("2024-01-31"), 1);
        dateIs("2023-03-28", "add_months", date("2023-02-28"), 1);
        dateIs("2024-02-29", "last_day", date("2024-02-01"));
        is(-307, "datediff", date("2023-02-28"), date("2024-01-01"));
        is(0.51612903, "months_between", date("2024-01-31"), date("2024-01-15"));
        is(-10.58064516, "months_between", date("2023-02-28"), date("2024-01-15"));
        is(1.4516129, "months_between", date("2024-02-29"), date("2024-01-15"));
        is(1.0, "months_between", date("2024-02-29"), date("2024-01-31"));
        dateIs("2024-02-05", "next_day", date("2024-01-31"), "MON");
        dateIs("2023-03-06", "next_day", date("2023-02-28"), "MON");
        fails("ILLEGAL_DAY_OF_WEEK", "next_day", date("2024-01-31"), "xx");
        dateIs("2024-02-01", "trunc", date("2024-02-29"), "MONTH");
        is(null, "trunc", date("2024-02-29"), "DAY");
        dateIs("2013-07-15", "make_date", 2013, 7, 15);
        fails("DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION", "make_date", 2013, 2, 30);
    }

    @Test
    void cutsTimes() {
        Expression.Literal old = time("1969-12-31T23:59:59.5Z");
        timeIs("1969-12-31T23:59:59Z", "date_trunc", "SECOND", old);
        timeIs("1969-12-31T23:59:00Z", "date_trunc", "minute", old);
        timeIs("1969-12-29T00:00:00Z", "date_trunc", "WEEK", old);
        timeIs("1969-10-01T00:00:00Z", "date_trunc", "QUARTER", old);
        timeIs("1969-01-01T00:00:00Z", "date_trunc", "YEAR", old);
        is(null, "date_trunc", "nonsense", old);
    }

    @Test
    void knowsUnixTimes() {
        Expression.Literal now = time("2024-01-01T03:25:45.678Z");
        is(1704079545L, "unix_timestamp", now);
        is(-1L, "unix_seconds", time("1969-12-31T23:59:59.5Z"));
        is(1704079545678L, "unix_millis", now);
        is("2024-01-01 03:25:45", "from_unixtime", 1704079545L);
        timeIs("2024-01-01T03:25:46Z", "timestamp_seconds", 1704079546L);
        timeIs("1970-01-01T00:00:01.500Z", "timestamp_seconds", 1.5);
        timeIs("1970-01-01T00:00:01.500Z", "timestamp_millis", 1500L);
        fails("ARITHMETIC_OVERFLOW", "timestamp_seconds", Long.MAX_VALUE);
        is(19723, "unix_date", date("2024-01-01"));
        dateIs("2024-01-01", "date_from_unix_date", 19723);
    }

    @Test
    void formatsAndParses() {
        is("2024-01-01 03:25:45.678", "date_format", time("2024-01-01T03:25:45.678Z"), "yyyy-MM-dd HH:mm:ss.SSS");
        timeIs("2024-01-02T00:00:00Z", "to_timestamp", "2024-01-02", "yyyy-MM-dd");
        timeIs("2024-01-02T15:04:00Z", "to_timestamp", "02/Jan/2024 03:04 PM", "dd/MMM/yyyy hh:mm a");
        timeIs(
                "2024-01-02T01:04:05.060Z",
                "to_timestamp",
                "2024-01-02T03:04:05.060+02:00",
                "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        is(null, "try_to_timestamp", "2024-01-02 03:04:05", "yyyy-MM-dd");
        is(null, "try_to_timestamp", "2024-13-02");
        timeIs("2024-01-02T01:04:05Z", "try_to_timestamp", "2024-01-02 03:04:05+02:00");
        is(1704164645L, "unix_timestamp", "2024-01-02 03:04:05");
        dateIs("2024-01-02", "to_date", time("2024-01-02T03:04:05Z"), "yyyy");
        fails("CANNOT_PARSE_TIMESTAMP", "unix_timestamp", "2024-01-02");
        fails("CANNOT_PARSE_TIMESTAMP", "to_timestamp", "x", "yyyy-MM-dd");
        fails("CANNOT_PARSE_TIMESTAMP", "to_date", "2024-02-30", "yyyy-MM-dd");
        dateIs("2024-01-02", "to_date", "02.01.2024", "dd.MM.yyyy");
        is(1704164645L, "unix_timestamp", "2024-01-02 03:04:05", "yyyy-MM-dd HH:mm:ss");
        fails(
                "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN",
                "date_format",
                time("2024-01-01T03:25:45.678Z"),
                "YYYY");
    }

    @Test
    void movesBetweenZones() {
        timeIs("2016-08-31T09:00:00Z", "from_utc_timestamp", time("2016-08-31T00:00:00Z"), "Asia/Seoul");
        timeIs("2016-08-30T15:00:00Z", "to_utc_timestamp", time("2016-08-31T00:00:00Z"), "Asia/Seoul");
        fails("INVALID_TIMEZONE", "to_utc_timestamp", time("2016-08-31T00:00:00Z"), "Nowhere");
    }

    @Test
    void countsUnits() {
        timeIs("2024-02-29T01:00:00Z", "timestampadd", "MONTH", 1L, time("2024-01-31T01:00:00Z"));
        timeIs("2024-01-31T00:59:59Z", "dateadd", "SECOND", -1L, time("2024-01-31T01:00:00Z"));
        is(0L, "timestampdiff", "MONTH", time("2024-01-31T01:00:00Z"), time("2024-02-29T01:00:00Z"));
        is(-1L, "timestampdiff", "HOUR", time("2024-01-31T01:00:00Z"), time("2024-01-31T00:00:00Z"));
        fails("INVALID_PARAMETER_VALUE.DATETIME_UNIT", "timestampadd", "EON", 1L, time("2024-01-31T01:00:00Z"));
    }

    @Test
    void makesInstants() {
        timeIs("2014-12-28T06:30:45.887Z", "make_timestamp", 2014, 12, 28, 6, 30, new BigDecimal("45.887"));
        timeIs("2019-07-01T00:00:00Z", "make_timestamp", 2019, 6, 30, 23, 59, new BigDecimal("60"));
        is(null, "try_make_timestamp", 2019, 13, 30, 23, 59, new BigDecimal("0"));
        is(null, "make_date", Calls.typed(AtomicType.INT, null), 1, 1);
    }
}
