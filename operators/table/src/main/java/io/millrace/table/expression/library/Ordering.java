// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of boxed values of a type: nulls first within arrays and structs, NaN last, -0.0 equal to 0.0. */
final class Ordering {

    private Ordering() {}

    /** Whether values of the type can be compared: maps cannot. */
    static boolean isOrderable(DataType type) {
        if (type instanceof ArrayType array) {
            return isOrderable(array.element());
        }
        if (type instanceof StructType struct) {
            return struct.fields().stream().allMatch(field -> isOrderable(field.type()));
        }
        return !(type instanceof MapType);
    }

    /** Compares values that are not null. */
    static Comparator<Object> of(DataType type) {
        if (type instanceof DecimalType) {
            return (a, b) -> ((BigDecimal) a).compareTo((BigDecimal) b);
        }
        if (type instanceof ArrayType array) {
            Comparator<@Nullable Object> element = nullsFirst(of(array.element()));
            return (a, b) -> Arrays.compare((Object[]) a, (Object[]) b, element);
        }
        if (type instanceof StructType struct) {
            return ofStruct(struct);
        }
        if (type instanceof MapType) {
            return Ordering::compareMaps;
        }
        return switch ((AtomicType) type) {
            case FLOAT, DOUBLE ->
                (a, b) -> compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
            case STRING -> (a, b) -> ((Utf8) a).compareTo((Utf8) b);
            case BINARY -> (a, b) -> Arrays.compareUnsigned((byte[]) a, (byte[]) b);
            default -> (a, b) -> Long.compare(number(a), number(b));
        };
    }

    /** Compares doubles, NaN last, -0.0 equal to 0.0. */
    static int compare(double a, double b) {
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }

    private static long number(Object value) {
        return value instanceof Boolean bool ? (bool ? 1 : 0) : ((Number) value).longValue();
    }

    private static Comparator<Object> ofStruct(StructType struct) {
        List<Comparator<@Nullable Object>> fields = struct.fields().stream()
                .map(field -> nullsFirst(of(field.type())))
                .toList();
        return (a, b) -> {
            @Nullable Object[] left = (Object[]) a;
            @Nullable Object[] right = (Object[]) b;
            for (int i = 0; i < fields.size(); i++) {
                int order = fields.get(i).compare(left[i], right[i]);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static int compareMaps(Object a, Object b) {
        MapValue left = (MapValue) a;
        MapValue right = (MapValue) b;
        return Arrays.deepEquals(left.keys(), right.keys()) && Arrays.deepEquals(left.values(), right.values())
                ? 0
                : Integer.compare(left.size(), right.size()) | 1;
    }

    /** Compares values of which one may be null. */
    static Comparator<@Nullable Object> nullsFirst(Comparator<Object> order) {
        return (a, b) -> a == null ? (b == null ? 0 : -1) : b == null ? 1 : order.compare(a, b);
    }

    /** What equal values of the type have in common, as a key of a hash map: doubles without -0.0, decimals without trailing zeros, contents of arrays. */
    static @Nullable Object key(@Nullable Object value) {
        if (value instanceof Double number) {
            return number == 0 ? (Object) 0.0 : number;
        }
        if (value instanceof Float number) {
            return number == 0 ? (Object) 0f : number;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros();
        }
        if (value instanceof byte[] bytes) {
            return java.nio.ByteBuffer.wrap(bytes);
        }
        if (value instanceof Object[] values) {
            return Arrays.stream(values)
                    .map(Ordering::key)
                    .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
        }
        return value;
    }
}
