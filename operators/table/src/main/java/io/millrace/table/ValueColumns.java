// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

/** The part of {@link Functions} with numbers and times. */
abstract class ValueColumns extends AggregateColumns {

    ValueColumns() {}

    /** The windows of one width that a time falls into: one, as they follow each other. Times are since 1970, as {@code "10 seconds"}. */
    public static Column window(Column time, String width) {
        return call("window", time, width);
    }

    /** Windows that start every {@code slide}, so that a time may fall into several. */
    public static Column window(Column time, String width, String slide) {
        return call("window", time, width, slide);
    }

    /** Windows that start every {@code slide} from {@code start} on. */
    public static Column window(Column time, String width, String slide, String start) {
        return call("window", time, width, slide, start);
    }

    /** Sessions: a window ends when for a gap no further row comes. */
    public static Column session_window(Column time, String gap) {
        return call("session_window", time, gap);
    }

    /** Sessions with a gap told by each row. */
    public static Column session_window(Column time, Column gap) {
        return call("session_window", time, gap);
    }

    /** A number with some digits behind the point, halves away from zero. */
    public static Column round(Column number, int digits) {
        return call("round", number, digits);
    }

    /** A power. */
    public static Column pow(Object base, Object exponent) {
        return call("pow", base, exponent);
    }

    /** A timestamp cut to a unit, such as {@code "hour"}. */
    public static Column date_trunc(String unit, Column time) {
        return call("date_trunc", unit, time);
    }

    /** A date or timestamp in a pattern, such as {@code "yyyy-MM-dd"}. */
    public static Column date_format(Column time, String pattern) {
        return call("date_format", time, pattern);
    }

    /** A string in a pattern as a timestamp. */
    public static Column to_timestamp(Column text, String pattern) {
        return call("to_timestamp", text, pattern);
    }

    /** The time of the batch, the same for all its rows and when it is run again; for finished tables, when the query is run. */
    public static Column current_timestamp() {
        return call("current_timestamp");
    }

    /** As {@link #current_timestamp}. */
    public static Column now() {
        return call("now");
    }

    /** The day of {@link #current_timestamp} in UTC. */
    public static Column current_date() {
        return call("current_date");
    }

    /** The seconds since 1970 at {@link #current_timestamp}. */
    public static Column unix_timestamp() {
        return call("unix_timestamp");
    }

    /** The event time of a window: its end less a microsecond. */
    public static Column window_time(Column column) {
        return call("window_time", column);
    }

    /** Without the sign. */
    public static Column abs(Column column) {
        return call("abs", column);
    }

    /** The square root. */
    public static Column sqrt(Column column) {
        return call("sqrt", column);
    }

    /** E to a power. */
    public static Column exp(Column column) {
        return call("exp", column);
    }

    /** The natural logarithm. */
    public static Column ln(Column column) {
        return call("ln", column);
    }

    /** The next whole number above. */
    public static Column ceil(Column column) {
        return call("ceil", column);
    }

    /** The next whole number below. */
    public static Column floor(Column column) {
        return call("floor", column);
    }

    /** Whether a number is NaN. */
    public static Column isnan(Column column) {
        return call("isnan", column);
    }

    /** The year of a date or timestamp. */
    public static Column year(Column column) {
        return call("year", column);
    }

    /** The month, from 1. */
    public static Column month(Column column) {
        return call("month", column);
    }

    /** The day of the month, from 1. */
    public static Column dayofmonth(Column column) {
        return call("dayofmonth", column);
    }

    /** The day of the week, from 1 for Sunday. */
    public static Column dayofweek(Column column) {
        return call("dayofweek", column);
    }

    /** The hour. */
    public static Column hour(Column column) {
        return call("hour", column);
    }

    /** The minute. */
    public static Column minute(Column column) {
        return call("minute", column);
    }

    /** The second. */
    public static Column second(Column column) {
        return call("second", column);
    }

    /** Seconds since 1970. */
    public static Column unix_timestamp(Column column) {
        return call("unix_timestamp", column);
    }

    /** Milliseconds since 1970. */
    public static Column unix_millis(Column column) {
        return call("unix_millis", column);
    }

    /** The timestamp of seconds since 1970. */
    public static Column timestamp_seconds(Column column) {
        return call("timestamp_seconds", column);
    }

    /** The timestamp of milliseconds since 1970. */
    public static Column timestamp_millis(Column column) {
        return call("timestamp_millis", column);
    }

    /** A string as a timestamp. */
    public static Column to_timestamp(Column column) {
        return call("to_timestamp", column);
    }

    /** A string or timestamp as a date. */
    public static Column to_date(Column column) {
        return call("to_date", column);
    }
}
