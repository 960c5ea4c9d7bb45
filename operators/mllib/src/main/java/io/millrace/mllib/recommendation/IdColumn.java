// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.recommendation;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A column of ids: of any kind of number, but whole and within int. It becomes a column of integers, as Spark casts it;
 * null is refused.
 */
final class IdColumn {

    private final String name;
    private final DataType type;
    private final int in;
    private final int out;

    private IdColumn(String name, DataType type, int in, int out) {
        this.name = name;
        this.type = type;
        this.in = in;
        this.out = out;
    }

    static IdColumn of(RowPlan plan, String name) {
        Field field = plan.field(name);
        int in = plan.numericSlot(name);
        int out = plan.put(Field.of(name, DataType.INTEGER));
        return new IdColumn(name, field.type(), in, out);
    }

    /** The id in a row, which is put there as an integer. */
    int read(@Nullable Object[] slots) {
        int id = id(slots[in]);
        slots[out] = id;
        return id;
    }

    private int id(@Nullable Object value) {
        if (value instanceof Integer id) {
            return id;
        }
        if (value == null) {
            throw raised(type.equals(DataType.INTEGER) ? name + " Ids MUST NOT be Null" : "null");
        }
        if (value instanceof BigDecimal decimal) {
            return id(decimal);
        }
        Number number = (Number) value;
        double real = number.doubleValue();
        boolean fits = value instanceof Long whole
                ? whole == whole.intValue()
                : Math.floor(real) <= Integer.MAX_VALUE && Math.ceil(real) >= Integer.MIN_VALUE;
        if (!fits) {
            throw overflow(sql(number));
        }
        if (!(value instanceof Long) && real != number.intValue()) {
            throw fractional(value.toString());
        }
        return number.intValue();
    }

    private int id(BigDecimal decimal) {
        BigDecimal whole = decimal.setScale(0, RoundingMode.DOWN);
        if (whole.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0
                || whole.compareTo(BigDecimal.valueOf(Integer.MIN_VALUE)) < 0) {
            throw overflow(decimal.toPlainString() + "BD");
        }
        if (whole.compareTo(decimal) != 0) {
            throw fractional(decimal.toPlainString());
        }
        return whole.intValue();
    }

    private ScoringException fractional(String value) {
        return raised("ALS only supports non-Null values in Integer range and without fractional part for column "
                + name + ", but got " + value);
    }

    private static ScoringException raised(String message) {
        return new ScoringException(
                ScoringException.SPARK_RUNTIME, "[USER_RAISED_EXCEPTION] " + message + " SQLSTATE: P0001");
    }

    private ScoringException overflow(String value) {
        String from = type instanceof DataType.Decimal decimal
                ? "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")"
                : type.equals(DataType.LONG) ? "BIGINT" : type.equals(DataType.FLOAT) ? "FLOAT" : "DOUBLE";
        return new ScoringException(
                "org.apache.spark.SparkArithmeticException",
                "[CAST_OVERFLOW] The value " + value + " of the type \"" + from
                        + "\" cannot be cast to \"INT\" due to an overflow. Use `try_cast` to tolerate overflow and"
                        + " return NULL instead. SQLSTATE: 22003");
    }

    /** A number as Spark's messages write it. */
    private static String sql(Number number) {
        if (number instanceof Long) {
            return number + "L";
        }
        boolean finite = number instanceof Double value && !value.isNaN() && !value.isInfinite();
        return finite ? number + "D" : number.toString();
    }
}
