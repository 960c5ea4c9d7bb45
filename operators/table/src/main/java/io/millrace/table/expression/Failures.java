// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.util.Locale;

/** The errors of expressions, with Spark's names. */
public final class Failures {

    /** The longest text, in bytes. */
    public static final int MOST_BYTES = Integer.MAX_VALUE - 15;

    private Failures() {}

    /** A result that is too large for its type. */
    public static QueryExecutionException overflow(String type, String instead) {
        return new QueryExecutionException(
                "ARITHMETIC_OVERFLOW",
                type + " overflow." + (instead.isEmpty() ? "" : " Use '" + instead + "' to get NULL instead."));
    }

    /** A division by zero. */
    public static QueryExecutionException divideByZero() {
        return new QueryExecutionException(
                "DIVIDE_BY_ZERO", "Division by zero. Use `try_divide` to get NULL where the divisor is 0.");
    }

    /** A remainder by zero. */
    public static QueryExecutionException remainderByZero() {
        return new QueryExecutionException(
                "REMAINDER_BY_ZERO", "Remainder by zero. Use `try_mod` to get NULL where the divisor is 0.");
    }

    /** A decimal that has more digits than its type. */
    public static QueryExecutionException outOfRange(BigDecimal value, DecimalType type) {
        return new QueryExecutionException(
                "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
                value.toPlainString() + " cannot be represented as Decimal(" + type.precision() + ", " + type.scale()
                        + ").");
    }

    /** A text that no array can hold. */
    public static QueryExecutionException tooLong(String what, long bytes) {
        return new QueryExecutionException(
                "COLLECTION_SIZE_LIMIT_EXCEEDED.FUNCTION",
                "Can't make " + what + " of " + bytes + " bytes, which exceed the limit " + MOST_BYTES + ".");
    }

    /** A value whose text is not one of the type. */
    public static QueryExecutionException malformed(Object value, DataType from, DataType to) {
        return new QueryExecutionException(
                "CAST_INVALID_INPUT",
                "The value " + literal(value, from) + " of the type " + name(from) + " cannot be cast to " + name(to)
                        + " because it is malformed. Use `try_cast` to get NULL instead.");
    }

    /** A value that is out of the range of the type. */
    public static QueryExecutionException tooLarge(Object value, DataType from, DataType to) {
        return new QueryExecutionException(
                "CAST_OVERFLOW",
                "The value " + literal(value, from) + " of the type " + name(from) + " cannot be cast to " + name(to)
                        + " due to an overflow. Use `try_cast` to get NULL instead.");
    }

    /** A cast that is never possible. The name tells whether there is a function instead, or whether it was possible before the ANSI rules. */
    public static AnalysisException noCast(DataType from, DataType to, boolean attempt) {
        boolean days = (from == AtomicType.DATE && ImplicitCasts.isNumber(to))
                || (ImplicitCasts.isNumber(from) && to == AtomicType.DATE);
        boolean before = (from == AtomicType.BOOLEAN && to == AtomicType.TIMESTAMP)
                || ((from == AtomicType.DATE || from == AtomicType.TIMESTAMP) && to == AtomicType.BOOLEAN)
                || (ImplicitCasts.isWhole(from) && to == AtomicType.BINARY);
        String instead = from == AtomicType.DATE ? "unix_date" : "date_from_unix_date";
        return new AnalysisException(
                "DATATYPE_MISMATCH.CAST_WITH"
                        + (days ? "_FUNC_SUGGESTION" : before && !attempt ? "_CONF_SUGGESTION" : "OUT_SUGGESTION"),
                "A value of the type " + name(from) + " cannot be cast to " + name(to)
                        + (days ? "; use the function " + instead : ""));
    }

    /** Too many or too few arguments. */
    public static AnalysisException wrongCount(String function, String expected, int actual) {
        return new AnalysisException(
                "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                "The `" + function + "` requires " + expected + " parameters but the actual number is " + actual + ".");
    }

    /** An argument of a type that does not fit. */
    public static AnalysisException unexpectedType(String function, int index, String expected, DataType actual) {
        return new AnalysisException(
                "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                "Parameter " + (index + 1) + " of `" + function + "` requires " + expected + ", but has the type "
                        + name(actual) + ".");
    }

    /** An argument that must be known before there are rows, and is not. */
    public static AnalysisException notConstant(String function, String parameter, DataType type) {
        return new AnalysisException(
                "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
                "The parameter `" + parameter + "` of `" + function + "` must be a constant " + name(type) + ".");
    }

    /** Two operands whose types do not fit together. */
    public static AnalysisException differingTypes(String operator, DataType left, DataType right) {
        return new AnalysisException(
                "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                "The left and right operands of `" + operator + "` have incompatible types: " + name(left) + " and "
                        + name(right) + ".");
    }

    /**
     * Two operands that an operator does not take: of different types, or of one type that is the wrong one. A text counts as what the other
     * operand makes of it.
     */
    public static AnalysisException operands(String operator, DataType left, DataType right) {
        DataType one =
                left == AtomicType.STRING ? ImplicitCasts.common(left, right).orElse(left) : left;
        DataType other =
                right == AtomicType.STRING ? ImplicitCasts.common(left, right).orElse(right) : right;
        boolean text = left == AtomicType.STRING || right == AtomicType.STRING;
        boolean doubles = (left instanceof DecimalType && right == AtomicType.DOUBLE)
                || (left == AtomicType.DOUBLE && right instanceof DecimalType);
        if (one.equals(other) || doubles || (text && ImplicitCasts.isNumber(one) && ImplicitCasts.isNumber(other))) {
            return new AnalysisException(
                    "DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE",
                    "The operands of `" + operator + "` must not have the type " + name(one) + ".");
        }
        return differingTypes(operator, left, right);
    }

    /** A type as Spark writes it in errors. */
    public static String name(DataType type) {
        return "\"" + type.sql().toUpperCase(Locale.ROOT) + "\"";
    }

    private static String literal(Object value, DataType type) {
        if (type == AtomicType.STRING) {
            return "'" + value + "'";
        } else if (type instanceof DecimalType) {
            return ((BigDecimal) value).toPlainString() + "BD";
        } else if (type instanceof AtomicType atomic) {
            return switch (atomic) {
                case BYTE -> value + "Y";
                case SHORT -> value + "S";
                case LONG -> value + "L";
                case FLOAT -> "CAST('" + value + "' AS FLOAT)";
                case DOUBLE -> value + "D";
                default -> value.toString();
            };
        }
        return value.toString();
    }
}
