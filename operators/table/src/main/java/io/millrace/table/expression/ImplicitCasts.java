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

/** Which type values of several types become where they meet, and which an argument may have, by Spark's ANSI rules. All of them are here. */
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

    /** The type of the values of some expressions, such as the elements of an array; empty if there is none, {@code NULL} if all are that. */
    public static Optional<DataType> common(Collection<? extends Expression> expressions) {
        Optional<DataType> common = Optional.of(AtomicType.NULL);
        for (Expression expression : expressions) {
            common = common.flatMap(one -> common(one, expression.type()));
        }
        return common;
    }

    /** The type of two values that are compared or stand in one place; empty if there is none. Fields of structs may have other names. */
    public static Optional<DataType> common(DataType left, DataType right) {
        return common(left, right, false);
    }

    /** As {@link #common(DataType, DataType)}, for values that become one column: fields of structs must have the same names. */
    public static Optional<DataType> commonColumn(DataType left, DataType right) {
        return common(left, right, true);
    }

    private static Optional<DataType> common(DataType left, DataType right, boolean named) {
        if (left.equals(right) || right == AtomicType.NULL) {
            return Optional.of(left);
        } else if (left == AtomicType.NULL) {
            return Optional.of(right);
        } else if (isNumber(left) && isNumber(right)) {
            return Optional.of(number(left, right, named));
        } else if (left == AtomicType.STRING || right == AtomicType.STRING) {
            return withString(left == AtomicType.STRING ? right : left);
        } else if (isTime(left) && isTime(right)) {
            return Optional.of(AtomicType.TIMESTAMP);
        } else if (left instanceof ArrayType one && right instanceof ArrayType other) {
            return common(one.element(), other.element(), named)
                    .map(element -> new ArrayType(element, one.containsNull() || other.containsNull()));
        } else if (left instanceof MapType one && right instanceof MapType other) {
            return common(one.key(), other.key(), named)
                    .flatMap(key -> common(one.value(), other.value(), named)
                            .map(value -> new MapType(key, value, one.containsNull() || other.containsNull())));
        } else if (left instanceof StructType one && right instanceof StructType other) {
            return struct(one, other, named);
        }
        return Optional.empty();
    }

    /** Whether an argument of one type is taken for a parameter of another, with a cast that may fail for some values. */
    public static boolean accepts(DataType from, DataType to) {
        if (same(from, to) || from == AtomicType.NULL) {
            return true;
        } else if (from instanceof ArrayType one && to instanceof ArrayType other) {
            return accepts(one.element(), other.element());
        } else if (from instanceof MapType one && to instanceof MapType other) {
            return accepts(one.key(), other.key()) && accepts(one.value(), other.value());
        } else if (!isAtomic(from) || !isAtomic(to) || to == AtomicType.NULL) {
            return false;
        } else if (to == AtomicType.BINARY && from != AtomicType.STRING) {
            return false;
        }
        return from == AtomicType.STRING
                || to == AtomicType.STRING
                || (isNumber(from) && isNumber(to))
                || (isTime(from) && isTime(to));
    }

    /** Whether two types differ in nothing but where nulls may be and in the names of fields. */
    public static boolean same(DataType left, DataType right) {
        return Forms.same(left, right);
    }

    private static DataType number(DataType left, DataType right, boolean keepsWhole) {
        if (left instanceof DecimalType || right instanceof DecimalType) {
            if (isFloating(left) || isFloating(right)) {
                return AtomicType.DOUBLE;
            }
            DecimalType one = Decimals.of(left);
            DecimalType other = Decimals.of(right);
            return keepsWhole ? Decimals.widerColumn(one, other) : Decimals.wider(one, other);
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
        boolean interval = other == AtomicType.DAY_TIME_INTERVAL || other == AtomicType.YEAR_MONTH_INTERVAL;
        return other instanceof AtomicType && !interval ? Optional.of(other) : Optional.empty();
    }

    private static Optional<DataType> struct(StructType left, StructType right, boolean named) {
        if (left.fields().size() != right.fields().size()) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < left.fields().size(); i++) {
            Field one = left.fields().get(i);
            Field other = right.fields().get(i);
            Optional<DataType> type = common(one.type(), other.type(), named);
            if (type.isEmpty() || (named && !one.name().equalsIgnoreCase(other.name()))) {
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

    private static boolean isAtomic(DataType type) {
        return type instanceof AtomicType || type instanceof DecimalType;
    }
}
