// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which type values of several types become where they meet, by Spark's ANSI rules. */
public final class ImplicitCasts {

    private static final List<AtomicType> NUMBERS = List.of(
            AtomicType.BYTE, AtomicType.SHORT, AtomicType.INT, AtomicType.LONG, AtomicType.FLOAT, AtomicType.DOUBLE);

    private ImplicitCasts() {}

    /** Whether a type is a number: whole, decimal or floating. */
    public static boolean isNumber(DataType type) {
        return type instanceof DecimalType || (type instanceof AtomicType atomic && NUMBERS.contains(atomic));
    }

    /** Whether a type is a whole number. */
    public static boolean isWhole(DataType type) {
        return type == AtomicType.BYTE || type == AtomicType.SHORT || type == AtomicType.INT || type == AtomicType.LONG;
    }

    /** The type of all of some types, such as the branches of a {@code CASE}; empty if there is none. */
    public static Optional<DataType> common(Collection<? extends DataType> types) {
        Optional<DataType> common = Optional.of(AtomicType.NULL);
        for (DataType type : types) {
            common = common.flatMap(one -> common(one, type));
        }
        return common;
    }

    /** The type of two values that are compared or stand in one column; empty if there is none. */
    public static Optional<DataType> common(DataType left, DataType right) {
        if (left.equals(right) || right == AtomicType.NULL) {
            return Optional.of(left);
        } else if (left == AtomicType.NULL) {
            return Optional.of(right);
        } else if (isNumber(left) && isNumber(right)) {
            return Optional.of(number(left, right));
        } else if (left == AtomicType.STRING || right == AtomicType.STRING) {
            return withString(left == AtomicType.STRING ? right : left);
        } else if (isTime(left) && isTime(right)) {
            return Optional.of(AtomicType.TIMESTAMP);
        } else if (left instanceof ArrayType one && right instanceof ArrayType other) {
            return common(one.element(), other.element())
                    .map(element -> new ArrayType(element, one.containsNull() || other.containsNull()));
        } else if (left instanceof MapType one && right instanceof MapType other) {
            return common(one.key(), other.key())
                    .flatMap(key -> common(one.value(), other.value())
                            .map(value -> new MapType(key, value, one.containsNull() || other.containsNull())));
        } else if (left instanceof StructType one && right instanceof StructType other) {
            return struct(one, other);
        }
        return Optional.empty();
    }

    /** Whether a value may be used where another type is asked for, without a cast being written. */
    public static boolean allowed(DataType from, DataType to) {
        if (Forms.same(from, to) || from == AtomicType.NULL) {
            return true;
        } else if (from == AtomicType.STRING) {
            return to instanceof AtomicType || to instanceof DecimalType;
        } else if (isNumber(from) && isNumber(to)) {
            return !(to instanceof DecimalType decimal) || fits(from, decimal) || from instanceof DecimalType;
        } else if (isTime(from) && isTime(to)) {
            return true;
        } else if (from instanceof ArrayType one && to instanceof ArrayType other) {
            return allowed(one.element(), other.element());
        } else if (from instanceof MapType one && to instanceof MapType other) {
            return allowed(one.key(), other.key()) && allowed(one.value(), other.value());
        }
        return to == AtomicType.STRING && (from instanceof AtomicType || from instanceof DecimalType);
    }

    private static boolean fits(DataType from, DecimalType to) {
        return isWhole(from) && Decimals.of(from).precision() <= to.precision() - to.scale();
    }

    private static DataType number(DataType left, DataType right) {
        if (left instanceof DecimalType || right instanceof DecimalType) {
            boolean floating = isFloating(left) || isFloating(right);
            return floating ? AtomicType.DOUBLE : Decimals.wider(Decimals.of(left), Decimals.of(right));
        }
        int widest = Math.max(NUMBERS.indexOf(left), NUMBERS.indexOf(right));
        AtomicType type = NUMBERS.get(widest);
        return type == AtomicType.FLOAT ? AtomicType.DOUBLE : type;
    }

    private static Optional<DataType> withString(DataType other) {
        if (isWhole(other)) {
            return Optional.of(AtomicType.LONG);
        } else if (isNumber(other)) {
            return Optional.of(AtomicType.DOUBLE);
        }
        return other instanceof AtomicType ? Optional.of(other) : Optional.empty();
    }

    private static Optional<DataType> struct(StructType left, StructType right) {
        if (left.fields().size() != right.fields().size()) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < left.fields().size(); i++) {
            Field one = left.fields().get(i);
            Field other = right.fields().get(i);
            Optional<DataType> type = common(one.type(), other.type());
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(new Field(one.name(), type.get(), one.nullable() || other.nullable(), one.eventTime()));
        }
        return Optional.of(new StructType(fields));
    }

    static boolean isFloating(DataType type) {
        return type == AtomicType.FLOAT || type == AtomicType.DOUBLE;
    }

    private static boolean isTime(DataType type) {
        return type == AtomicType.DATE || type == AtomicType.TIMESTAMP;
    }
}
