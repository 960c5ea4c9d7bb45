// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one type for several values, by Spark's ANSI rules. */
final class Coercion {

    private static final List<AtomicType> WHOLE =
            List.of(AtomicType.BYTE, AtomicType.SHORT, AtomicType.INT, AtomicType.LONG);

    private Coercion() {}

    /**
     * The type of the results of a choice, such as the branches of {@code CASE}.
     *
     * @throws io.millrace.table.AnalysisException {@code DATATYPE_MISMATCH.DATA_DIFF_TYPES} if there is none
     */
    static DataType common(String function, List<Expression> expressions, Position position) {
        DataType type = AtomicType.NULL;
        for (Expression expression : expressions) {
            DataType wider = wider(type, expression.type());
            if (wider == null) {
                throw Asts.error(
                        "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                        "The values of `" + function + "` must have one type, but " + type.sql() + " and "
                                + expression.type().sql() + " have none in common",
                        position);
            }
            type = wider;
        }
        return type;
    }

    /** The least type both have a place in; null if there is none. */
    static @Nullable DataType wider(DataType a, DataType b) {
        if (a.equals(b) || b == AtomicType.NULL) {
            return a;
        }
        if (a == AtomicType.NULL) {
            return b;
        }
        if (a == AtomicType.STRING || b == AtomicType.STRING) {
            return withString(a == AtomicType.STRING ? b : a);
        }
        if (numeric(a) && numeric(b)) {
            return number(a, b);
        }
        if ((a == AtomicType.DATE && b == AtomicType.TIMESTAMP)
                || (a == AtomicType.TIMESTAMP && b == AtomicType.DATE)) {
            return AtomicType.TIMESTAMP;
        }
        return nested(a, b);
    }

    private static @Nullable DataType nested(DataType a, DataType b) {
        if (a instanceof ArrayType left && b instanceof ArrayType right) {
            DataType element = wider(left.element(), right.element());
            return element == null ? null : new ArrayType(element, left.containsNull() || right.containsNull());
        }
        if (a instanceof MapType left && b instanceof MapType right) {
            DataType key = wider(left.key(), right.key());
            DataType value = wider(left.value(), right.value());
            return key == null || value == null
                    ? null
                    : new MapType(key, value, left.containsNull() || right.containsNull());
        }
        if (a instanceof StructType left
                && b instanceof StructType right
                && left.fields().size() == right.fields().size()) {
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < left.fields().size(); i++) {
                Field one = left.fields().get(i);
                Field other = right.fields().get(i);
                DataType type = wider(one.type(), other.type());
                if (type == null || !one.name().equalsIgnoreCase(other.name())) {
                    return null;
                }
                fields.add(new Field(one.name(), type, one.nullable() || other.nullable(), one.eventTime()));
            }
            return new StructType(fields);
        }
        return null;
    }

    private static @Nullable DataType withString(DataType other) {
        if (other instanceof DecimalType || other == AtomicType.FLOAT) {
            return AtomicType.DOUBLE;
        }
        if (other instanceof AtomicType atomic) {
            return WHOLE.contains(atomic) ? AtomicType.LONG : atomic;
        }
        return null;
    }

    static boolean numeric(DataType type) {
        return type instanceof DecimalType
                || type == AtomicType.FLOAT
                || type == AtomicType.DOUBLE
                || (type instanceof AtomicType atomic && WHOLE.contains(atomic));
    }

    private static DataType number(DataType a, DataType b) {
        if (a == AtomicType.DOUBLE || b == AtomicType.DOUBLE) {
            return AtomicType.DOUBLE;
        }
        if (a == AtomicType.FLOAT || b == AtomicType.FLOAT) {
            // a float does not hold every whole number or decimal
            return AtomicType.DOUBLE;
        }
        if (a instanceof DecimalType || b instanceof DecimalType) {
            DecimalType left = decimal(a);
            DecimalType right = decimal(b);
            int scale = Math.max(left.scale(), right.scale());
            int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
            int precision = Math.min(whole + scale, DecimalType.MAX_PRECISION);
            return new DecimalType(precision, Math.min(scale, Math.max(precision - whole, 0)));
        }
        return WHOLE.get(Math.max(WHOLE.indexOf(a), WHOLE.indexOf(b)));
    }

    private static DecimalType decimal(DataType type) {
        return type instanceof DecimalType decimal
                ? decimal
                : new DecimalType(List.of(3, 5, 10, 20).get(WHOLE.indexOf(type)), 0);
    }

    /** An expression as another type; constants are changed at once where that is plain. */
    static Expression cast(Expression expression, DataType type) {
        if (expression.type().equals(type)) {
            return expression;
        }
        if (expression instanceof Expression.Literal literal) {
            Object value = literal.value();
            if (value == null) {
                return new Expression.Literal(null, type);
            }
            if (value instanceof Integer number && WHOLE.contains(literal.type())) {
                if (type == AtomicType.LONG) {
                    return new Expression.Literal(number.longValue(), type);
                }
                if (type == AtomicType.DOUBLE) {
                    return new Expression.Literal(number.doubleValue(), type);
                }
            }
            if (value instanceof BigDecimal number && type == AtomicType.DOUBLE) {
                return new Expression.Literal(number.doubleValue(), type);
            }
        }
        return new Expression.Cast(expression, type, false);
    }
}
