// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.table.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types and what Spark SQL makes of two different ones, by the rules of its ANSI mode. */
final class SqlTypes {

    static final int MAX_PRECISION = 38;

    /** The type of NULL. */
    static final DataType VOID = DataType.VOID;

    private static final int MIN_ADJUSTED_SCALE = 6;

    private static final List<DataType> NUMBERS =
            List.of(DataType.BYTE, DataType.SHORT, DataType.INTEGER, DataType.LONG, DataType.FLOAT, DataType.DOUBLE);

    private static final Map<String, DataType> NAMED = Map.ofEntries(
            Map.entry("boolean", DataType.BOOLEAN),
            Map.entry("tinyint", DataType.BYTE),
            Map.entry("byte", DataType.BYTE),
            Map.entry("smallint", DataType.SHORT),
            Map.entry("short", DataType.SHORT),
            Map.entry("int", DataType.INTEGER),
            Map.entry("integer", DataType.INTEGER),
            Map.entry("bigint", DataType.LONG),
            Map.entry("long", DataType.LONG),
            Map.entry("float", DataType.FLOAT),
            Map.entry("real", DataType.FLOAT),
            Map.entry("double", DataType.DOUBLE),
            Map.entry("decimal", new DataType.Decimal(10, 0)),
            Map.entry("dec", new DataType.Decimal(10, 0)),
            Map.entry("numeric", new DataType.Decimal(10, 0)),
            Map.entry("string", DataType.STRING));

    private static final List<String> CAST_FUNCTIONS =
            List.of("boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal", "string");

    private SqlTypes() {}

    /** The type of that name, or null if it is not known. */
    static @Nullable DataType named(String name) {
        return NAMED.get(name.toLowerCase(Locale.ROOT));
    }

    /** The type that a function as {@code int(x)} casts to, or null if it is no such function. */
    static @Nullable DataType castFunction(String name) {
        return CAST_FUNCTIONS.contains(name) ? named(name) : null;
    }

    static boolean isIntegral(DataType type) {
        int index = NUMBERS.indexOf(type);
        return index >= 0 && index <= 3;
    }

    static boolean isText(DataType type) {
        return type.equals(DataType.STRING);
    }

    /** The type that values of both are brought to before they are compared or chosen from, or null if there is none. */
    static @Nullable DataType common(DataType x, DataType y) {
        if (x.equals(y) || y.equals(VOID)) {
            return x;
        }
        if (x.equals(VOID)) {
            return y;
        }
        if (isText(x) || isText(y)) {
            DataType other = isText(x) ? y : x;
            if (other.isNumeric()) {
                return isIntegral(other) ? DataType.LONG : DataType.DOUBLE;
            }
            return other.equals(DataType.BOOLEAN) ? DataType.BOOLEAN : null;
        }
        if (x instanceof DataType.Array left && y instanceof DataType.Array right) {
            return left.element().equals(right.element())
                    ? new DataType.Array(left.element(), left.containsNull() || right.containsNull())
                    : null;
        }
        return x.isNumeric() && y.isNumeric() ? commonNumber(x, y) : null;
    }

    private static DataType commonNumber(DataType x, DataType y) {
        if (x instanceof DataType.Decimal || y instanceof DataType.Decimal) {
            DataType.Decimal left = asDecimal(x);
            DataType.Decimal right = asDecimal(y);
            if (left == null || right == null) {
                return DataType.DOUBLE;
            }
            int scale = Math.max(left.scale(), right.scale());
            int digits = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
            return digits + scale <= MAX_PRECISION
                    ? new DataType.Decimal(digits + scale, scale)
                    : new DataType.Decimal(MAX_PRECISION, Math.max(0, Math.min(scale, MAX_PRECISION - digits)));
        }
        DataType wider = NUMBERS.get(Math.max(NUMBERS.indexOf(x), NUMBERS.indexOf(y)));
        // an integer and a float make a double: a float would lose digits of the integer
        return wider.equals(DataType.FLOAT) ? DataType.DOUBLE : wider;
    }

    /** The decimal type that holds all of an integral type's values, the type itself if it is one, else null. */
    static DataType.@Nullable Decimal asDecimal(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return decimal;
        }
        return switch (NUMBERS.indexOf(type)) {
            case 0 -> new DataType.Decimal(3, 0);
            case 1 -> new DataType.Decimal(5, 0);
            case 2 -> new DataType.Decimal(10, 0);
            case 3 -> new DataType.Decimal(20, 0);
            default -> null;
        };
    }

    /** A decimal type within 38 digits: digits behind the point go first, down to 6 of them. */
    static DataType.Decimal bounded(int precision, int scale) {
        if (precision <= MAX_PRECISION) {
            return new DataType.Decimal(precision, scale);
        }
        int digits = precision - scale;
        int least = Math.min(scale, MIN_ADJUSTED_SCALE);
        return new DataType.Decimal(MAX_PRECISION, Math.max(MAX_PRECISION - digits, least));
    }
}
