// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.table.DataType;
import org.jspecify.annotations.Nullable;

/**
 * An expression whose type is known, ready for rows.
 *
 * @param nullable what Spark's schema says; nothing is checked by it
 * @param constant whether it reads no column
 */
record SqlExpression(DataType type, boolean nullable, boolean constant, Value value) {

    /** The value of a row, whose columns are in {@code slots}. */
    @FunctionalInterface
    interface Value {
        @Nullable
        Object of(@Nullable Object[] slots);
    }

    /** A function of one value that is not null. */
    @FunctionalInterface
    interface Unary {
        @Nullable
        Object apply(Object x);
    }

    /** A function of two values that are not null. */
    @FunctionalInterface
    interface Binary {
        @Nullable
        Object apply(Object x, Object y);
    }

    static SqlExpression literal(DataType type, @Nullable Object value) {
        return new SqlExpression(type, value == null, true, slots -> value);
    }

    /** {@code function} of this; null of null. */
    SqlExpression map(DataType result, Unary function) {
        return new SqlExpression(result, nullable, constant, slots -> {
            Object x = value.of(slots);
            return x == null ? null : function.apply(x);
        });
    }

    /** {@code function} of this and another; null if one is null. */
    SqlExpression map(SqlExpression other, DataType result, Binary function) {
        return new SqlExpression(result, nullable || other.nullable, constant && other.constant, slots -> {
            Object x = value.of(slots);
            if (x == null) {
                return null;
            }
            Object y = other.value.of(slots);
            return y == null ? null : function.apply(x, y);
        });
    }

    SqlExpression withNullable(boolean newNullable) {
        return new SqlExpression(type, newNullable, constant, value);
    }

    boolean isVoid() {
        return type.equals(SqlTypes.VOID);
    }

    /** The value of a constant. */
    @Nullable
    Object constantValue() {
        return value.of(new @Nullable Object[0]);
    }
}
