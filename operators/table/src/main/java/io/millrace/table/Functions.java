// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.sql.Ast;
import io.millrace.table.sql.Position;
import io.millrace.table.sql.SqlText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Columns of functions, under the names they have in SQL; the functions mean what they mean there. What is not here is called with {@link #expr} or
 * {@link #call_function}.
 */
public final class Functions {

    private Functions() {}

    /** A column, or with points a field of one, as {@code "t.word"} or {@code "w.start"}; {@code "*"} is all of them. */
    public static Column col(String name) {
        return new Column(SqlText.column(name));
    }

    /** As {@link #col}. */
    public static Column column(String name) {
        return col(name);
    }

    /** A constant: null, a boolean, number, string, {@code byte[]}, {@code LocalDate}, {@code Instant} or {@code Duration}. */
    public static Column lit(@Nullable Object value) {
        return value instanceof Column column ? column : new Column(Column.of(value));
    }

    /**
     * An expression of SQL, with {@code AS} a name for it.
     *
     * @throws AnalysisException {@code PARSE_SYNTAX_ERROR} if it is none
     */
    public static Column expr(String sql) {
        return new Column(SqlText.expression(sql));
    }

    /** Any function by its name in SQL; arguments that are no columns are constants. */
    public static Column call_function(String name, @Nullable Object... arguments) {
        return call(name.toLowerCase(Locale.ROOT), arguments);
    }

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

    /** A first condition and its value; {@link Column#when} and {@link Column#otherwise} follow. */
    public static Column when(Column condition, @Nullable Object value) {
        return new Column(new Ast.Case(List.of(new Ast.When(condition.ast(), Column.of(value))), null, Position.NONE));
    }

    /** How many different combinations of values there are. */
    public static Column count_distinct(Column first, Column... more) {
        return distinct("count", first, more);
    }

    /** The sum of the different values. */
    public static Column sum_distinct(Column column) {
        return distinct("sum", column);
    }

    /** How many rows there are for which the column is not null. */
    public static Column count(String column) {
        return count("*".equals(column) ? lit(1) : col(column));
    }

    /** The value of the row where another is greatest. */
    public static Column max_by(Column value, Column by) {
        return call("max_by", value, by);
    }

    /** The value of the row where another is least. */
    public static Column min_by(Column value, Column by) {
        return call("min_by", value, by);
    }

    /** The first value that came; with {@code ignoreNulls} the first that is not null. */
    public static Column first(Column column, boolean ignoreNulls) {
        return call("first", column, ignoreNulls);
    }

    /** The last value that came; with {@code ignoreNulls} the last that is not null. */
    public static Column last(Column column, boolean ignoreNulls) {
        return call("last", column, ignoreNulls);
    }

    /** The parts of a string between matches of a regular expression, empty ones too. */
    public static Column split(Column text, String pattern) {
        return call("split", text, pattern);
    }

    /** At most {@code limit} parts of a string. */
    public static Column split(Column text, String pattern, int limit) {
        return call("split", text, pattern, limit);
    }

    /** Strings with a separator between them, without nulls. */
    public static Column concat_ws(String separator, Column... columns) {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(separator);
        arguments.addAll(Arrays.asList(columns));
        return call("concat_ws", arguments.toArray());
    }

    /** A part of a string; {@code start} counts from 1, or from the end if negative. */
    public static Column substring(Column text, int start, int length) {
        return call("substring", text, start, length);
    }

    /** A group of the first match of a regular expression; an empty string if there is none. */
    public static Column regexp_extract(Column text, String pattern, int group) {
        return call("regexp_extract", text, pattern, group);
    }

    /** A string with every match of a regular expression replaced. */
    public static Column regexp_replace(Column text, String pattern, String replacement) {
        return call("regexp_replace", text, pattern, replacement);
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

    /** JSON as a value of a schema in DDL, as {@code "a int, b string"}. */
    public static Column from_json(Column json, String schema) {
        return call("from_json", json, schema);
    }

    /** What a path such as {@code "$.a.b"} finds in JSON, as a string. */
    public static Column get_json_object(Column json, String path) {
        return call("get_json_object", json, path);
    }

    /** Whether an array has an element. */
    public static Column array_contains(Column array, Object value) {
        return call("array_contains", array, value);
    }

    /** An element of an array by its place from 1, or the value of a key of a map. */
    public static Column element_at(Column collection, Object key) {
        return call("element_at", collection, key);
    }

    /** The SHA-2 hash of some bits (224, 256, 384, 512) in hexadecimal digits. */
    public static Column sha2(Column bytes, int bits) {
        return call("sha2", bytes, bits);
    }

    /** The start of the batch, for all its rows. */
    public static Column current_timestamp() {
        return call("current_timestamp");
    }

    /** The place of a row in its window, from 1. */
    public static Column row_number() {
        return call("row_number");
    }

    /** To sort by a column in descending order. */
    public static Column desc(String column) {
        return col(column).desc();
    }

    /** To sort by a column in ascending order. */
    public static Column asc(String column) {
        return col(column).asc();
    }

    /** The rows of equal columns, for {@link Column#over}. */
    public static WindowSpec partitionBy(Column... columns) {
        return new WindowSpec(Arrays.stream(columns).map(Column::ast).toList(), List.of());
    }

    /** The rows for which a value is not null; of {@code lit(1)} all rows. */
    public static Column count(Column column) {
        return call("count", column);
    }

    /** The sum of the values that are not null. */
    public static Column sum(Column column) {
        return call("sum", column);
    }

    /** The mean of the values that are not null. */
    public static Column avg(Column column) {
        return call("avg", column);
    }

    /** As {@link #avg}. */
    public static Column mean(Column column) {
        return call("avg", column);
    }

    /** The least value. */
    public static Column min(Column column) {
        return call("min", column);
    }

    /** The greatest value. */
    public static Column max(Column column) {
        return call("max", column);
    }

    /** The first value that came. */
    public static Column first(Column column) {
        return call("first", column);
    }

    /** The last value that came. */
    public static Column last(Column column) {
        return call("last", column);
    }

    /** All values in an array. */
    public static Column collect_list(Column column) {
        return call("collect_list", column);
    }

    /** All different values in an array. */
    public static Column collect_set(Column column) {
        return call("collect_set", column);
    }

    /** The standard deviation of a sample. */
    public static Column stddev(Column column) {
        return call("stddev", column);
    }

    /** The standard deviation. */
    public static Column stddev_pop(Column column) {
        return call("stddev_pop", column);
    }

    /** The variance of a sample. */
    public static Column variance(Column column) {
        return call("variance", column);
    }

    /** The variance. */
    public static Column var_pop(Column column) {
        return call("var_pop", column);
    }

    /** The skewness. */
    public static Column skewness(Column column) {
        return call("skewness", column);
    }

    /** About how many different values there are. */
    public static Column approx_count_distinct(Column column) {
        return call("approx_count_distinct", column);
    }

    /** For how many rows a condition is true. */
    public static Column count_if(Column column) {
        return call("count_if", column);
    }

    /** Whether a condition is true for all rows. */
    public static Column bool_and(Column column) {
        return call("bool_and", column);
    }

    /** Whether a condition is true for some row. */
    public static Column bool_or(Column column) {
        return call("bool_or", column);
    }

    /** One row for each element of an array or entry of a map; none for an empty one. */
    public static Column explode(Column column) {
        return call("explode", column);
    }

    /** As {@link #explode}, but one row with null for none. */
    public static Column explode_outer(Column column) {
        return call("explode_outer", column);
    }

    /** As {@link #explode}, with the place from 0. */
    public static Column posexplode(Column column) {
        return call("posexplode", column);
    }

    /** One row for each struct of an array, with its fields as columns. */
    public static Column inline(Column column) {
        return call("inline", column);
    }

    /** The event time of a window: its end less a microsecond. */
    public static Column window_time(Column column) {
        return call("window_time", column);
    }

    /** In upper case. */
    public static Column upper(Column column) {
        return call("upper", column);
    }

    /** In lower case. */
    public static Column lower(Column column) {
        return call("lower", column);
    }

    /** Without blanks at both ends. */
    public static Column trim(Column column) {
        return call("trim", column);
    }

    /** Without blanks at the start. */
    public static Column ltrim(Column column) {
        return call("ltrim", column);
    }

    /** Without blanks at the end. */
    public static Column rtrim(Column column) {
        return call("rtrim", column);
    }

    /** How many characters, or bytes, there are. */
    public static Column length(Column column) {
        return call("length", column);
    }

    /** Each word with a capital. */
    public static Column initcap(Column column) {
        return call("initcap", column);
    }

    /** A string or array backwards. */
    public static Column reverse(Column column) {
        return call("reverse", column);
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

    /** Whether a value is null. */
    public static Column isnull(Column column) {
        return call("isnull", column);
    }

    /** Whether a value is not null. */
    public static Column isnotnull(Column column) {
        return call("isnotnull", column);
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

    /** A struct, map or array as JSON. */
    public static Column to_json(Column column) {
        return call("to_json", column);
    }

    /** The MD5 hash in hexadecimal digits. */
    public static Column md5(Column column) {
        return call("md5", column);
    }

    /** The CRC-32 checksum. */
    public static Column crc32(Column column) {
        return call("crc32", column);
    }

    /** How many elements there are. */
    public static Column size(Column column) {
        return call("size", column);
    }

    /** The elements in ascending order. */
    public static Column sort_array(Column column) {
        return call("sort_array", column);
    }

    /** The elements, equal ones once. */
    public static Column array_distinct(Column column) {
        return call("array_distinct", column);
    }

    /** The keys of a map. */
    public static Column map_keys(Column column) {
        return call("map_keys", column);
    }

    /** The values of a map. */
    public static Column map_values(Column column) {
        return call("map_values", column);
    }

    /** The contrary of a condition. */
    public static Column not(Column column) {
        return call("not", column);
    }

    /** The first value that is not null. */
    public static Column coalesce(Column... columns) {
        return call("coalesce", (Object[]) columns);
    }

    /** Strings or arrays one after the other. */
    public static Column concat(Column... columns) {
        return call("concat", (Object[]) columns);
    }

    /** A struct of columns, with their names. */
    public static Column struct(Column... columns) {
        return call("struct", (Object[]) columns);
    }

    /** An array of values of one type. */
    public static Column array(Column... columns) {
        return call("array", (Object[]) columns);
    }

    /** The greatest value, without nulls. */
    public static Column greatest(Column... columns) {
        return call("greatest", (Object[]) columns);
    }

    /** The least value, without nulls. */
    public static Column least(Column... columns) {
        return call("least", (Object[]) columns);
    }

    /** A hash of 32 bits, as Spark's. */
    public static Column hash(Column... columns) {
        return call("hash", (Object[]) columns);
    }

    /** A hash of 64 bits, as Spark's. */
    public static Column xxhash64(Column... columns) {
        return call("xxhash64", (Object[]) columns);
    }

    private static Column call(String name, @Nullable Object... arguments) {
        List<Ast> asts = new ArrayList<>();
        for (Object argument : arguments) {
            asts.add(Column.of(argument));
        }
        return new Column(new Ast.Call(name, asts, false, null, Position.NONE));
    }

    private static Column distinct(String name, Column first, Column... more) {
        List<Ast> asts = new ArrayList<>();
        asts.add(first.ast());
        Arrays.stream(more).map(Column::ast).forEach(asts::add);
        return new Column(new Ast.Call(name, asts, true, null, Position.NONE));
    }
}
