// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

/** The part of {@link Functions} with aggregates. */
abstract class AggregateColumns extends FunctionCalls {

    AggregateColumns() {}

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
        return count("*".equals(column) ? Functions.lit(1) : Functions.col(column));
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
}
