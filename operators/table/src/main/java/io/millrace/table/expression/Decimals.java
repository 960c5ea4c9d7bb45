// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The types of decimal results, by Spark's rules, and values that fit them. */
public final class Decimals {

    /** So many digits behind the point are kept at least where digits must go. */
    private static final int KEPT_SCALE = 6;

    private Decimals() {}

    /** A value with the scale of a type, rounded half up; an error if it then has too many digits. */
    public static BigDecimal fit(BigDecimal value, DecimalType type) {
        BigDecimal scaled = scaled(value, type);
        if (scaled == null) {
            throw Failures.outOfRange(value, type);
        }
        return scaled;
    }

    /**
     * A value with the scale of a type, rounded half up; null if it then has too many digits. A short text may stand for millions of digits,
     * which are not written out.
     */
    public static @Nullable BigDecimal scaled(BigDecimal value, DecimalType type) {
        if (value.scale() == type.scale()) {
            return value.precision() > type.precision() ? null : value;
        }
        long before = (long) value.precision() - value.scale();
        if (value.signum() == 0 || before < -type.scale()) {
            return BigDecimal.ZERO.setScale(type.scale());
        }
        if (before > whole(type)) {
            return null;
        }
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        return scaled.precision() > type.precision() ? null : scaled;
    }

    /** The type of a sum or a difference. */
    public static DecimalType sum(DecimalType left, DecimalType right) {
        int scale = Math.max(left.scale(), right.scale());
        return adjusted(Math.max(whole(left), whole(right)) + scale + 1, scale);
    }

    /** The type of a product. */
    public static DecimalType product(DecimalType left, DecimalType right) {
        return adjusted(left.precision() + right.precision() + 1, left.scale() + right.scale());
    }

    /** The type of a quotient. */
    public static DecimalType quotient(DecimalType left, DecimalType right) {
        int scale = Math.max(KEPT_SCALE, left.scale() + right.precision() + 1);
        return adjusted(whole(left) + right.scale() + scale, scale);
    }

    /** The type of a remainder. */
    public static DecimalType remainder(DecimalType left, DecimalType right) {
        int scale = Math.max(left.scale(), right.scale());
        return adjusted(Math.min(whole(left), whole(right)) + scale, scale);
    }

    /** A type that holds all values of both, as far as there is one. */
    public static DecimalType wider(DecimalType left, DecimalType right) {
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.max(whole(left), whole(right));
        return bounded(whole + scale, scale);
    }

    /** As {@link #wider}, but where there are too many digits those behind the point go first. */
    static DecimalType widerColumn(DecimalType left, DecimalType right) {
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.max(whole(left), whole(right));
        int precision = Math.min(whole + scale, DecimalType.MAX_PRECISION);
        return new DecimalType(precision, Math.min(scale, Math.max(precision - whole, 0)));
    }

    /** The decimal that holds all values of a whole number type; for floats what Spark takes. */
    public static DecimalType of(DataType type) {
        if (type instanceof DecimalType decimal) {
            return decimal;
        } else if (type instanceof AtomicType atomic) {
            switch (atomic) {
                case BYTE -> {
                    return new DecimalType(3, 0);
                }
                case SHORT -> {
                    return new DecimalType(5, 0);
                }
                case INT -> {
                    return new DecimalType(10, 0);
                }
                case LONG -> {
                    return new DecimalType(20, 0);
                }
                case FLOAT -> {
                    return new DecimalType(14, 7);
                }
                case DOUBLE -> {
                    return new DecimalType(30, 15);
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException("No decimal holds the values of " + type);
    }

    /** The decimal type of an operand; a whole literal has as many digits as it is written with, unless it is a {@code tinyint}. */
    public static DecimalType ofOperand(Expression operand) {
        if (operand instanceof Expression.Literal literal
                && ImplicitCasts.isWhole(literal.type())
                && literal.type() != AtomicType.BYTE
                && literal.value() instanceof Number number) {
            return new DecimalType(BigDecimal.valueOf(number.longValue()).precision(), 0);
        }
        DataType type = operand.type();
        return type == AtomicType.NULL || type == AtomicType.STRING ? new DecimalType(38, 18) : of(type);
    }

    /** A type with no more than the greatest precision and scale; what is too much is cut off both. */
    public static DecimalType bounded(int precision, int scale) {
        return new DecimalType(
                Math.min(precision, DecimalType.MAX_PRECISION), Math.min(scale, DecimalType.MAX_PRECISION));
    }

    /** A type with no more than the greatest precision; digits behind the point go first, down to six. */
    static DecimalType adjusted(int precision, int scale) {
        if (precision <= DecimalType.MAX_PRECISION) {
            return new DecimalType(precision, scale);
        }
        int whole = precision - scale;
        int kept = Math.max(DecimalType.MAX_PRECISION - whole, Math.min(scale, KEPT_SCALE));
        return new DecimalType(DecimalType.MAX_PRECISION, kept);
    }

    private static int whole(DecimalType type) {
        return type.precision() - type.scale();
    }
}
