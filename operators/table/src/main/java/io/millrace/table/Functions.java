// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.sql.Ast;
import io.millrace.table.sql.Position;
import io.millrace.table.sql.SqlText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Columns of functions, under the names they have in SQL; the functions mean what they mean there. What is not here is called with {@link #expr} or
 * {@link #call_function}.
 */
public final class Functions extends LambdaColumns {

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

    /** A first condition and its value; {@link Column#when} and {@link Column#otherwise} follow. */
    public static Column when(Column condition, @Nullable Object value) {
        return new Column(new Ast.Case(List.of(new Ast.When(condition.ast(), Column.of(value))), null, Position.NONE));
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

    /** Whether a value is null. */
    public static Column isnull(Column column) {
        return call("isnull", column);
    }

    /** Whether a value is not null. */
    public static Column isnotnull(Column column) {
        return call("isnotnull", column);
    }

    /** The contrary of a condition. */
    public static Column not(Column column) {
        return call("not", column);
    }

    /** The first value that is not null. */
    public static Column coalesce(Column... columns) {
        return call("coalesce", (Object[]) columns);
    }

    /** The greatest value, without nulls. */
    public static Column greatest(Column... columns) {
        return call("greatest", (Object[]) columns);
    }

    /** The least value, without nulls. */
    public static Column least(Column... columns) {
        return call("least", (Object[]) columns);
    }
}
