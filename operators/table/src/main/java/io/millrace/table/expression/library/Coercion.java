// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.expression.Expression;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which type an argument may be taken as, and the common type of several, by Spark's ANSI rules. */
final class Coercion {

    private Coercion() {}

    /** Whether two types differ in nothing but where nulls may be and in the names of fields. */
    static boolean same(DataType left, DataType right) {
        if (left instanceof ArrayType a && right instanceof ArrayType b) {
            return same(a.element(), b.element());
        }
        if (left instanceof MapType a && right instanceof MapType b) {
            return same(a.key(), b.key()) && same(a.value(), b.value());
        }
        if (left instanceof StructType a && right instanceof StructType b) {
            if (a.fields().size() != b.fields().size()) {
                return false;
            }
            for (int i = 0; i < a.fields().size(); i++) {
                if (!same(a.fields().get(i).type(), b.fields().get(i).type())) {
                    return false;
                }
            }
            return true;
        }
        return left.equals(right);
    }

    /** Whether an argument of one type is taken for a parameter of another. */
    static boolean accepts(DataType from, DataType to) {
        if (same(from, to) || from == AtomicType.NULL) {
            return true;
        }
        if (from instanceof ArrayType a && to instanceof ArrayType b) {
            return accepts(a.element(), b.element());
        }
        if (from instanceof MapType a && to instanceof MapType b) {
            return accepts(a.key(), b.key()) && accepts(a.value(), b.value());
        }
        if (!isAtomic(from) || !isAtomic(to) || to == AtomicType.NULL) {
            return false;
        }
        return from == AtomicType.STRING
                || to == AtomicType.STRING
                || (isNumeric(from) && isNumeric(to))
                || (isTime(from) && isTime(to));
    }

    /** The type that holds the values of all these expressions; null if there is none. {@code NULL} if all are that. */
    static @Nullable DataType common(List<Expression> expressions) {
        DataType result = AtomicType.NULL;
        for (Expression expression : expressions) {
            result = common(result, expression.type());
            if (result == null) {
                return null;
            }
        }
        return result;
    }

    /** The type that holds the values of both; null if there is none. */
    static @Nullable DataType common(DataType left, DataType right) {
        if (left.equals(right) || right == AtomicType.NULL) {
            return left;
        }
        if (left == AtomicType.NULL) {
            return right;
        }
        if (left instanceof ArrayType a && right instanceof ArrayType b) {
            DataType element = common(a.element(), b.element());
            return element == null ? null : new ArrayType(element, a.containsNull() || b.containsNull());
        }
        if (left instanceof MapType a && right instanceof MapType b) {
            DataType key = common(a.key(), b.key());
            DataType value = common(a.value(), b.value());
            return key == null || value == null ? null : new MapType(key, value, a.containsNull() || b.containsNull());
        }
        if (left instanceof StructType a && right instanceof StructType b) {
            return commonStruct(a, b);
        }
        if (isNumeric(left) && isNumeric(right)) {
            return commonNumber(left, right);
        }
        if (isTime(left) && isTime(right)) {
            return AtomicType.TIMESTAMP;
        }
        if (left == AtomicType.STRING && isAtomic(right)) {
            return withString(right);
        }
        if (right == AtomicType.STRING && isAtomic(left)) {
            return withString(left);
        }
        return null;
    }

    private static @Nullable DataType commonStruct(StructType left, StructType right) {
        if (left.fields().size() != right.fields().size()) {
            return null;
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < left.fields().size(); i++) {
            Field a = left.fields().get(i);
            Field b = right.fields().get(i);
            DataType type = common(a.type(), b.type());
            if (type == null) {
                return null;
            }
            fields.add(new Field(a.name(), type, a.nullable() || b.nullable(), a.eventTime()));
        }
        return new StructType(fields);
    }

    private static DataType commonNumber(DataType left, DataType right) {
        if (left == AtomicType.DOUBLE || right == AtomicType.DOUBLE) {
            return AtomicType.DOUBLE;
        }
        if (left == AtomicType.FLOAT || right == AtomicType.FLOAT) {
            return AtomicType.DOUBLE; // a float cannot hold every int, so Spark takes the next
        }
        if (left instanceof DecimalType || right instanceof DecimalType) {
            DecimalType a = decimal(left);
            DecimalType b = decimal(right);
            int scale = Math.max(a.scale(), b.scale());
            int range = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
            int precision = Math.min(range + scale, DecimalType.MAX_PRECISION);
            return new DecimalType(precision, Math.min(scale, precision));
        }
        return rank(left) >= rank(right) ? left : right;
    }

    /** The decimal type that holds all values of a number's type; {@code decimal(38,18)} where none does. */
    static DecimalType decimal(DataType type) {
        if (type instanceof DecimalType decimal) {
            return decimal;
        }
        if (type == AtomicType.BYTE) {
            return new DecimalType(3, 0);
        }
        if (type == AtomicType.SHORT) {
            return new DecimalType(5, 0);
        }
        if (type == AtomicType.INT) {
            return new DecimalType(10, 0);
        }
        return type == AtomicType.LONG ? new DecimalType(20, 0) : new DecimalType(38, 18);
    }

    private static DataType withString(DataType other) {
        if (isIntegral(other)) {
            return AtomicType.LONG;
        }
        return isNumeric(other) ? AtomicType.DOUBLE : other;
    }

    private static int rank(DataType type) {
        return type == AtomicType.BYTE ? 0 : type == AtomicType.SHORT ? 1 : type == AtomicType.INT ? 2 : 3;
    }

    static boolean isIntegral(DataType type) {
        return type == AtomicType.BYTE || type == AtomicType.SHORT || type == AtomicType.INT || type == AtomicType.LONG;
    }

    static boolean isNumeric(DataType type) {
        return isIntegral(type) || type == AtomicType.FLOAT || type == AtomicType.DOUBLE || type instanceof DecimalType;
    }

    private static boolean isTime(DataType type) {
        return type == AtomicType.DATE || type == AtomicType.TIMESTAMP;
    }

    private static boolean isAtomic(DataType type) {
        return type instanceof AtomicType || type instanceof DecimalType;
    }
}
