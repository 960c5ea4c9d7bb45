// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.table.DataType;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The errors that Spark SQL throws over a value of a row, with the classes and messages of Spark 4.1. */
public final class SqlErrors {

    private static final String ARITHMETIC = "org.apache.spark.SparkArithmeticException";

    private SqlErrors() {}

    /** A number that the type it is cast to does not hold. */
    public static ScoringException castOverflow(Object value, String from, String to) {
        return new ScoringException(
                ARITHMETIC,
                "[CAST_OVERFLOW] The value " + literal(value) + " of the type \"" + from + "\" cannot be cast to \""
                        + to
                        + "\" due to an overflow. Use `try_cast` to tolerate overflow and return NULL instead. SQLSTATE:"
                        + " 22003");
    }

    /** A text that is not of the type it is cast to. */
    static ScoringException castInput(Object value, String from, String to) {
        return new ScoringException(
                "BOOLEAN".equals(to)
                        ? "org.apache.spark.SparkRuntimeException"
                        : "org.apache.spark.SparkNumberFormatException",
                "[CAST_INVALID_INPUT] The value " + literal(value) + " of the type \"" + from
                        + "\" cannot be cast to \""
                        + to
                        + "\" because it is malformed. Correct the value as per the syntax, or change its target type."
                        + " Use `try_cast` to tolerate malformed input and return NULL instead. SQLSTATE: 22018");
    }

    static ScoringException divideByZero() {
        return new ScoringException(
                ARITHMETIC,
                "[DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead."
                        + " If necessary set \"spark.sql.ansi.enabled\" to \"false\" to bypass this error. SQLSTATE: 22012");
    }

    static ScoringException remainderByZero() {
        return new ScoringException(
                ARITHMETIC,
                "[REMAINDER_BY_ZERO] Remainder by zero. Use `try_mod` to tolerate divisor being 0 and return NULL instead."
                        + " If necessary set \"spark.sql.ansi.enabled\" to \"false\" to bypass this error. SQLSTATE: 22012");
    }

    /** {@code tryName} is the function that Spark names as the way out, or null if it names none. */
    static ScoringException overflow(String what, @Nullable String tryName) {
        String hint = tryName == null ? "" : " Use '" + tryName + "' to tolerate overflow and return NULL instead.";
        return new ScoringException(
                ARITHMETIC,
                "[ARITHMETIC_OVERFLOW] " + what + "." + hint
                        + " If necessary set \"spark.sql.ansi.enabled\" to \"false\""
                        + " to bypass this error. SQLSTATE: 22003");
    }

    /** Of bytes and shorts; Spark writes both as shorts. */
    static ScoringException binaryOverflow(long x, String operator, long y, String tryName) {
        return new ScoringException(
                ARITHMETIC,
                "[BINARY_ARITHMETIC_OVERFLOW] " + x + "S " + operator + " " + y + "S"
                        + " caused overflow. Use `" + tryName
                        + "` to ignore overflow problem and return NULL. SQLSTATE: 22003");
    }

    static ScoringException outOfRange(BigDecimal value, int precision, int scale) {
        return new ScoringException(
                ARITHMETIC,
                "[NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION]  " + value.toPlainString()
                        + " cannot be represented as Decimal(" + precision + ", " + scale
                        + "). If necessary set \"spark.sql.ansi.enabled\" to \"false\" to bypass this error, and return"
                        + " NULL instead. SQLSTATE: 22003");
    }

    /** A column that a function of Spark's cannot take; found when the statement is made, not at a row. */
    public static ScoringException upCast(String what, DataType from, DataType to) {
        return new ScoringException(
                "org.apache.spark.sql.AnalysisException",
                "[CANNOT_UP_CAST_DATATYPE] Cannot up cast " + what + " from " + quoted(from) + " to " + quoted(to)
                        + ".");
    }

    /** A type as those messages have it, where one of a library stands outside of the quotes. */
    private static String quoted(DataType type) {
        return type.equals(DataType.VECTOR) ? "UDT(\"" + typeName(type) + "\")" : "\"" + typeName(type) + "\"";
    }

    /** What {@code raise_error} throws. */
    public static ScoringException raised(String message) {
        return new ScoringException(
                ScoringException.SPARK_RUNTIME, "[USER_RAISED_EXCEPTION] " + message + " SQLSTATE: P0001");
    }

    /** A type's name as Spark SQL writes it, as {@code INT}. */
    public static String typeName(DataType type) {
        if (type.equals(DataType.VECTOR)) {
            return "STRUCT<type: TINYINT NOT NULL, size: INT, indices: ARRAY<INT>, values: ARRAY<DOUBLE>>";
        }
        if (type instanceof DataType.Array array) {
            return "ARRAY<" + typeName(array.element()) + ">";
        }
        return switch (type.sparkName()) {
            case "integer" -> "INT";
            case "long" -> "BIGINT";
            case "byte" -> "TINYINT";
            case "short" -> "SMALLINT";
            default -> type.sparkName().toUpperCase(Locale.ROOT);
        };
    }

    private static String literal(Object value) {
        if (value instanceof Double number) {
            return number.isNaN() || number.isInfinite() ? number.toString() : number + "D";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString() + "BD";
        }
        if (value instanceof Long) {
            return value + "L";
        }
        if (value instanceof Short) {
            return value + "S";
        }
        if (value instanceof Byte) {
            return value + "Y";
        }
        return value instanceof String text
                ? "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
                : value.toString();
    }
}
