// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Decimals;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a value between the form users see, that of {@link Row}, and the one inside, that of {@link DataType}. */
final class ValueForm {

    private static final long MICROS = 1_000_000;

    private ValueForm() {}

    /** What a user sees. */
    static @Nullable Object external(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (type instanceof AtomicType atomic) {
            return atom(atomic, value);
        }
        if (type instanceof ArrayType array) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object element : (Object[]) value) {
                list.add(external(array.element(), element));
            }
            return Collections.unmodifiableList(list);
        }
        if (type instanceof MapType map) {
            MapValue entries = (MapValue) value;
            Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
            for (int i = 0; i < entries.size(); i++) {
                result.put(external(map.key(), entries.keys()[i]), external(map.value(), entries.values()[i]));
            }
            return Collections.unmodifiableMap(result);
        }
        if (type instanceof StructType struct) {
            Object[] values = (Object[]) value;
            List<@Nullable Object> fields = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                fields.add(external(struct.fields().get(i).type(), values[i]));
            }
            return Row.of(new Schema(struct.fields()), fields);
        }
        return value;
    }

    private static Object atom(AtomicType type, Object value) {
        return switch (type) {
            case BOOLEAN -> value instanceof Boolean ? value : ((Number) value).intValue() != 0;
            case BYTE -> ((Number) value).byteValue();
            case SHORT -> ((Number) value).shortValue();
            case STRING -> value.toString();
            case DATE -> LocalDate.ofEpochDay(((Number) value).longValue());
            case TIMESTAMP -> Instant.EPOCH.plus(((Number) value).longValue(), ChronoUnit.MICROS);
            case DAY_TIME_INTERVAL -> Duration.of(((Number) value).longValue(), ChronoUnit.MICROS);
            case YEAR_MONTH_INTERVAL ->
                Period.ofMonths(((Number) value).intValue()).normalized();
            case NULL, INT, LONG, FLOAT, DOUBLE, BINARY -> value;
        };
    }

    /**
     * What is held of a user's value.
     *
     * @param column the column it is for, for errors
     * @throws IllegalArgumentException if it is not of the type
     */
    static @Nullable Object internal(DataType type, @Nullable Object value, String column) {
        if (value == null) {
            return null;
        }
        Object held = held(type, value, column);
        if (held == null) {
            throw new IllegalArgumentException("the column " + column + " is " + type.sql() + ", but the value is a "
                    + value.getClass().getSimpleName());
        }
        return held;
    }

    /** Null if it does not fit. */
    private static @Nullable Object held(DataType type, Object value, String column) {
        if (type instanceof AtomicType atomic) {
            return heldAtom(atomic, value);
        }
        if (type instanceof DecimalType decimal) {
            return decimal(decimal, value, column);
        }
        if (type instanceof ArrayType array) {
            List<?> list =
                    value instanceof Object[] objects ? Arrays.asList(objects) : value instanceof List<?> l ? l : null;
            return list == null
                    ? null
                    : list.stream()
                            .map(element -> internal(array.element(), element, column))
                            .toArray();
        }
        if (type instanceof MapType map && value instanceof Map<?, ?> entries) {
            Object[] keys = new Object[entries.size()];
            @Nullable Object[] values = new Object[entries.size()];
            int i = 0;
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                Object key = internal(map.key(), entry.getKey(), column);
                if (key == null) {
                    throw new IllegalArgumentException("a key of the map in column " + column + " is null");
                }
                keys[i] = key;
                values[i++] = internal(map.value(), entry.getValue(), column);
            }
            return new MapValue(keys, values);
        }
        return type instanceof StructType struct && value instanceof Row row ? struct(struct, row, column) : null;
    }

    private static Object struct(StructType type, Row row, String column) {
        if (row.size() != type.fields().size()) {
            throw new IllegalArgumentException("the struct in column " + column + " has " + row.size()
                    + " fields, but should have " + type.fields().size());
        }
        @Nullable Object[] fields = new Object[row.size()];
        for (int i = 0; i < fields.length; i++) {
            Field field = type.fields().get(i);
            fields[i] = internal(field.type(), row.get(i), column + "." + field.name());
        }
        return fields;
    }

    private static @Nullable Object heldAtom(AtomicType type, Object value) {
        return switch (type) {
            case NULL -> null;
            case BOOLEAN -> value instanceof Boolean ? value : null;
            case BYTE -> whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> whole(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> isWhole(value) ? (Object) ((Number) value).longValue() : null;
            case FLOAT -> value instanceof Number number ? (Object) number.floatValue() : null;
            case DOUBLE -> value instanceof Number number ? (Object) number.doubleValue() : null;
            case STRING -> value instanceof CharSequence text ? Utf8.of(text.toString()) : null;
            case BINARY -> value instanceof byte[] bytes ? bytes.clone() : null;
            case DATE -> value instanceof LocalDate date ? (Object) Math.toIntExact(date.toEpochDay()) : null;
            case TIMESTAMP ->
                value instanceof Instant instant
                        ? (Object) Math.addExact(
                                Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1_000)
                        : null;
            case DAY_TIME_INTERVAL ->
                value instanceof Duration duration
                        ? (Object) Math.addExact(
                                Math.multiplyExact(duration.getSeconds(), MICROS), duration.getNano() / 1_000)
                        : null;
            case YEAR_MONTH_INTERVAL ->
                value instanceof Period period ? (Object) Math.toIntExact(period.toTotalMonths()) : null;
        };
    }

    private static boolean isWhole(Object value) {
        return value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long;
    }

    private static @Nullable Object whole(Object value, long least, long greatest) {
        if (!isWhole(value)) {
            return null;
        }
        long number = ((Number) value).longValue();
        return number < least || number > greatest ? null : (Object) (int) number;
    }

    private static @Nullable Object decimal(DecimalType type, Object value, String column) {
        BigDecimal exact = value instanceof BigDecimal given
                ? given
                : isWhole(value) ? BigDecimal.valueOf(((Number) value).longValue()) : null;
        if (exact == null) {
            return null;
        }
        BigDecimal scaled = Decimals.scaled(exact, type);
        if (scaled == null) {
            throw new IllegalArgumentException(exact + " does not fit into " + type.sql() + " of column " + column);
        }
        return scaled;
    }
}
