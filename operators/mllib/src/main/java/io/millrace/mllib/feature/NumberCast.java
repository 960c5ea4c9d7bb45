// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.TypeNames;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Doubles cast to the type of a column, as Spark SQL casts them: integers are cut, what does not fit is refused. */
final class NumberCast {

    private NumberCast() {}

    /** Whether the cast to this type can, for Spark's schemas, give null. */
    static boolean givesNull(DataType type) {
        return !type.equals(DataType.DOUBLE) && !type.equals(DataType.FLOAT);
    }

    static Object cast(double value, DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return decimal(value, decimal);
        }
        return switch ((DataType.Simple) type) {
            case DOUBLE -> value;
            case FLOAT -> (float) value;
            case LONG -> (long) within(value, Long.MIN_VALUE, Long.MAX_VALUE, type);
            case INTEGER -> (int) within(value, Integer.MIN_VALUE, Integer.MAX_VALUE, type);
            case SHORT -> (short) within(value, Short.MIN_VALUE, Short.MAX_VALUE, type);
            case BYTE -> (byte) within(value, Byte.MIN_VALUE, Byte.MAX_VALUE, type);
            default -> throw new IllegalArgumentException("no numbers are in columns of type " + type.sparkName());
        };
    }

    private static double within(double value, long least, long most, DataType type) {
        if (Math.floor(value) <= most && Math.ceil(value) >= least) {
            return value;
        }
        throw new ScoringException(
                "org.apache.spark.SparkArithmeticException",
                "[CAST_OVERFLOW] The value " + value + "D of the type \"DOUBLE\" cannot be cast to \""
                        + TypeNames.catalog(type).toUpperCase(Locale.ROOT)
                        + "\" due to an overflow. Use `try_cast` to tolerate overflow and return NULL instead."
                        + " SQLSTATE: 22003");
    }

    private static BigDecimal decimal(double value, DataType.Decimal type) {
        if (!Double.isNaN(value) && !Double.isInfinite(value)) {
            BigDecimal rounded = new BigDecimal(Double.toString(value)).setScale(type.scale(), RoundingMode.HALF_UP);
            if (rounded.precision() <= type.precision()) {
                return rounded;
            }
        }
        throw new ScoringException(
                "org.apache.spark.SparkArithmeticException",
                "[NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION]  " + value + " cannot be represented as Decimal("
                        + type.precision() + ", " + type.scale() + "). If necessary set \"spark.sql.ansi.enabled\" to"
                        + " \"false\" to bypass this error, and return NULL instead. SQLSTATE: 22003");
    }
}
