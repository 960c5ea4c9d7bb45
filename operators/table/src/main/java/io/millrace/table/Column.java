// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.data.Utf8;
import io.millrace.table.sql.Ast;
import io.millrace.table.sql.Position;
import io.millrace.table.sql.SqlText;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression over the columns of a table, such as {@code col("v").plus(1).as("w")}. It is only text until a table takes it: its names and types are checked there. Values given in
 * place of columns are constants. Immutable.
 */
public final class Column {

    private final Ast ast;

    /** An expression of the planner. */
    public Column(Ast ast) {
        this.ast = ast;
    }

    /** What the planner reads. */
    public Ast ast() {
        return ast;
    }

    /** A name for the result. */
    public Column as(String name) {
        return new Column(new Ast.Alias(ast, List.of(name), Position.NONE));
    }

    /** Names for the columns a generator such as {@code posexplode} gives. */
    public Column as(List<String> names) {
        return new Column(new Ast.Alias(ast, names, Position.NONE));
    }

    /** As {@link #as(String)}. */
    public Column alias(String name) {
        return as(name);
    }

    /** Another type, by Spark's ANSI rules. */
    public Column cast(DataType type) {
        return new Column(new Ast.Cast(ast, type, false, Position.NONE));
    }

    /**
     * Another type, named as in SQL: {@code bigint}, {@code decimal(10,2)}, {@code array<string>}.
     *
     * @throws AnalysisException if there is no such type
     */
    public Column cast(String type) {
        return cast(DataTypes.parse(type));
    }

    /** Another type, or null where the value has no form in it. */
    public Column tryCast(String type) {
        return new Column(new Ast.Cast(ast, DataTypes.parse(type), true, Position.NONE));
    }

    /** Sum. */
    public Column plus(Object other) {
        return operator("+", other);
    }

    /** Difference. */
    public Column minus(Object other) {
        return operator("-", other);
    }

    /** Product. */
    public Column multiply(Object other) {
        return operator("*", other);
    }

    /** Quotient; of whole numbers a double. */
    public Column divide(Object other) {
        return operator("/", other);
    }

    /** Remainder, with the sign of the dividend. */
    public Column mod(Object other) {
        return operator("%", other);
    }

    /** The number with the other sign. */
    public Column negate() {
        return call("unary-");
    }

    /** Whether it equals; null if either is null. */
    public Column equalTo(@Nullable Object other) {
        return operator("=", other);
    }

    /** Whether it differs; null if either is null. */
    public Column notEqual(@Nullable Object other) {
        return operator("<>", other);
    }

    /** Whether it equals; null equals null. */
    public Column eqNullSafe(@Nullable Object other) {
        return operator("<=>", other);
    }

    /** Whether it is greater. */
    public Column gt(Object other) {
        return operator(">", other);
    }

    /** Whether it is greater or equal. */
    public Column geq(Object other) {
        return operator(">=", other);
    }

    /** Whether it is less. */
    public Column lt(Object other) {
        return operator("<", other);
    }

    /** Whether it is less or equal. */
    public Column leq(Object other) {
        return operator("<=", other);
    }

    /** Whether it lies between two values or is one of them. */
    public Column between(Object low, Object high) {
        return geq(low).and(leq(high));
    }

    /** Both. */
    public Column and(Column other) {
        return operator("and", other);
    }

    /** Either. */
    public Column or(Column other) {
        return operator("or", other);
    }

    /** The contrary. */
    public Column not() {
        return call("not");
    }

    /** Whether it is null. */
    public Column isNull() {
        return call("isnull");
    }

    /** Whether it is not null. */
    public Column isNotNull() {
        return call("isnotnull");
    }

    /** Whether it equals one of some values. */
    public Column in(Object... values) {
        return call("in", values);
    }

    /** As {@link #in}. */
    public Column isin(Object... values) {
        return in(values);
    }

    /** Whether it is like a pattern of {@code %} and {@code _}. */
    public Column like(String pattern) {
        return operator("like", pattern);
    }

    /** As {@link #like}, without regard to case. */
    public Column ilike(String pattern) {
        return operator("ilike", pattern);
    }

    /** Whether a regular expression is found in it. */
    public Column rlike(String pattern) {
        return operator("rlike", pattern);
    }

    /** Whether it starts with a string. */
    public Column startsWith(Object prefix) {
        return operator("startswith", prefix);
    }

    /** Whether it ends with a string. */
    public Column endsWith(Object suffix) {
        return operator("endswith", suffix);
    }

    /** Whether a string is found in it. */
    public Column contains(Object part) {
        return operator("contains", part);
    }

    /** A part of a string; {@code start} counts from 1. */
    public Column substr(int start, int length) {
        return call("substring", start, length);
    }

    /** A field of a struct. */
    public Column getField(String name) {
        return new Column(new Ast.Call(
                "get_field",
                List.of(ast, new Ast.Constant(Utf8.of(name), AtomicType.STRING, name, Position.NONE)),
                false,
                null,
                Position.NONE));
    }

    /** An element of an array, by its place from 0, or the value of a key of a map. */
    public Column getItem(Object key) {
        return operator("get_item", key);
    }

    /** To sort in descending order, nulls last. */
    public Column desc() {
        return sort(true, null);
    }

    /** To sort in ascending order, nulls first. */
    public Column asc() {
        return sort(false, null);
    }

    /** To sort in descending order, nulls first. */
    public Column desc_nulls_first() {
        return sort(true, true);
    }

    /** To sort in ascending order, nulls last. */
    public Column asc_nulls_last() {
        return sort(false, false);
    }

    /** A window function over the window that {@link Functions#partitionBy} begins. */
    public Column over(WindowSpec window) {
        return new Column(
                new Ast.Over(ast, false, window.partitions(), window.orders(), window.frame(), Position.NONE));
    }

    /** For aggregates: rows for which the condition is not true do not count. */
    public Column filter(Column condition) {
        if (!(ast instanceof Ast.Call call)) {
            throw new AnalysisException("DATATYPE_MISMATCH", "filter() must follow an aggregate function");
        }
        return new Column(new Ast.Call(call.name(), call.arguments(), call.distinct(), condition.ast, call.position()));
    }

    /** For {@link Functions#when}: a further condition and its value. */
    public Column when(Column condition, @Nullable Object value) {
        if (!(ast instanceof Ast.Case cases) || cases.otherwise() != null) {
            throw new AnalysisException("INVALID_USAGE", "when() must follow when(), not otherwise()");
        }
        List<Ast.When> branches = new ArrayList<>(cases.branches());
        branches.add(new Ast.When(condition.ast, of(value)));
        return new Column(new Ast.Case(branches, null, Position.NONE));
    }

    /** For {@link Functions#when}: the value if no condition is true; null without. */
    public Column otherwise(@Nullable Object value) {
        if (!(ast instanceof Ast.Case cases) || cases.otherwise() != null) {
            throw new AnalysisException("INVALID_USAGE", "otherwise() must follow when(), once");
        }
        return new Column(new Ast.Case(cases.branches(), of(value), Position.NONE));
    }

    private Column sort(boolean descending, @Nullable Boolean nullsFirst) {
        return new Column(new Ast.SortKey(ast, descending, nullsFirst, Position.NONE));
    }

    private Column operator(String name, @Nullable Object other) {
        return new Column(new Ast.Call(name, List.of(ast, of(other)), false, null, Position.NONE));
    }

    private Column call(String name, @Nullable Object... others) {
        List<Ast> arguments = new ArrayList<>();
        arguments.add(ast);
        for (Object other : others) {
            arguments.add(of(other));
        }
        return new Column(new Ast.Call(name, arguments, false, null, Position.NONE));
    }

    /** A column as it is, anything else as a constant. */
    static Ast of(@Nullable Object value) {
        if (value instanceof Column column) {
            return column.ast;
        }
        if (value == null) {
            return constant(null, AtomicType.NULL, "NULL");
        }
        if (value instanceof String text) {
            return constant(Utf8.of(text), AtomicType.STRING, text);
        }
        if (value instanceof Boolean flag) {
            return constant(flag, AtomicType.BOOLEAN, String.valueOf(flag));
        }
        if (value instanceof Byte number) {
            return constant(number.intValue(), AtomicType.BYTE, number.toString());
        }
        if (value instanceof Short number) {
            return constant(number.intValue(), AtomicType.SHORT, number.toString());
        }
        if (value instanceof Integer number) {
            return constant(number, AtomicType.INT, number.toString());
        }
        if (value instanceof Long number) {
            return constant(number, AtomicType.LONG, number.toString());
        }
        if (value instanceof Float number) {
            return constant(number, AtomicType.FLOAT, number.toString());
        }
        if (value instanceof Double number) {
            return constant(number, AtomicType.DOUBLE, number.toString());
        }
        if (value instanceof BigDecimal number) {
            BigDecimal plain = number.scale() < 0 ? number.setScale(0) : number;
            int precision = Math.max(Math.max(plain.precision(), plain.scale()), 1);
            return constant(plain, new DecimalType(precision, plain.scale()), plain.toPlainString());
        }
        if (value instanceof byte[] bytes) {
            return constant(
                    bytes.clone(),
                    AtomicType.BINARY,
                    "X'" + java.util.HexFormat.of().formatHex(bytes) + "'");
        }
        if (value instanceof LocalDate date) {
            return constant((int) date.toEpochDay(), AtomicType.DATE, "DATE '" + date + "'");
        }
        if (value instanceof Instant time) {
            return constant(
                    ChronoUnit.MICROS.between(Instant.EPOCH, time), AtomicType.TIMESTAMP, SqlText.timestamp(time));
        }
        if (value instanceof Duration duration) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(duration));
            return constant(micros, AtomicType.DAY_TIME_INTERVAL, SqlText.interval(micros));
        }
        throw new AnalysisException(
                "UNSUPPORTED_FEATURE.LITERAL_TYPE",
                "a " + value.getClass().getName()
                        + " cannot be a constant of a query; use a number, a string, a boolean, byte[], LocalDate, Instant or Duration");
    }

    private static Ast constant(@Nullable Object value, DataType type, String text) {
        return new Ast.Constant(value, type, text, Position.NONE);
    }

    /** As a column of the result would be called. */
    @Override
    public String toString() {
        return SqlText.name(ast);
    }
}
