// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.table.Row;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of cases as Java values: whole numbers as the type's own class, decimals as {@code BigDecimal}, timestamps as {@code Instant}, dates
 * as {@code LocalDate}, binary as its base64, arrays as lists, maps as maps, structs as maps from names in order.
 */
public final class CaseValues {

    private CaseValues() {}

    /** A row of a case. */
    public static List<Object> row(JsonNode row, Schema schema) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            values.add(value(row.get(i), schema.field(i).type()));
        }
        return values;
    }

    /** A row of a case as the public API takes it: structs as rows, binary as bytes. */
    static Row given(JsonNode row, Schema schema) {
        List<Object> values = row(row, schema);
        for (int i = 0; i < schema.size(); i++) {
            values.set(i, given(values.get(i), schema.field(i).type()));
        }
        return Row.of(values.toArray());
    }

    private static Object given(Object value, DataType type) {
        if (value instanceof Map<?, ?> fields && type instanceof StructType struct) {
            return Row.of(struct.fields().stream()
                    .map(field -> given(fields.get(field.name()), field.type()))
                    .toArray());
        }
        if (value instanceof Map<?, ?> entries && type instanceof MapType map) {
            Map<Object, Object> given = new LinkedHashMap<>();
            entries.forEach((key, mapped) -> given.put(given(key, map.key()), given(mapped, map.value())));
            return given;
        }
        if (value instanceof List<?> list && type instanceof ArrayType array) {
            List<Object> given = new ArrayList<>();
            list.forEach(element -> given.add(given(element, array.element())));
            return given;
        }
        return type == AtomicType.BINARY && value != null ? Base64.getDecoder().decode((String) value) : value;
    }

    /** A value of a case. */
    public static Object value(JsonNode json, DataType type) {
        if (json == null || json.isNull()) {
            return null;
        }
        if (type instanceof DecimalType decimal) {
            return new BigDecimal(json.asText()).setScale(decimal.scale());
        }
        if (type instanceof ArrayType array) {
            List<Object> list = new ArrayList<>();
            json.forEach(element -> list.add(value(element, array.element())));
            return list;
        }
        if (type instanceof MapType map) {
            Map<Object, Object> entries = new HashMap<>();
            json.forEach(
                    entry -> entries.put(value(entry.get("key"), map.key()), value(entry.get("value"), map.value())));
            return entries;
        }
        if (type instanceof StructType struct) {
            Map<String, Object> fields = new LinkedHashMap<>();
            struct.fields().forEach(field -> fields.put(field.name(), value(json.get(field.name()), field.type())));
            return fields;
        }
        return atomic(json, (AtomicType) type);
    }

    private static Object atomic(JsonNode json, AtomicType type) {
        return switch (type) {
            case NULL -> null;
            case BOOLEAN -> json.booleanValue();
            case BYTE -> (byte) json.intValue();
            case SHORT -> (short) json.intValue();
            case INT -> json.intValue();
            case LONG -> json.longValue();
            case FLOAT -> Float.parseFloat(json.asText());
            case DOUBLE -> Double.parseDouble(json.asText());
            case STRING, BINARY -> json.textValue();
            case DATE -> LocalDate.parse(json.textValue());
            case TIMESTAMP -> Instant.parse(json.textValue());
            case DAY_TIME_INTERVAL, YEAR_MONTH_INTERVAL -> json.asText();
        };
    }

    /**
     * A value in the form in which values are compared: whole numbers as {@code Long}, {@code float} as the {@code double} of its text, bytes
     * as base64, intervals as their text, all else as above.
     */
    public static Object canonical(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float) {
            return Double.valueOf(value.toString());
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof Duration || value instanceof Period) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(canonical(element)));
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((key, mapped) -> entries.put(canonical(key), canonical(mapped)));
            return entries;
        }
        return value;
    }

    /** Whether two values in that form are the same; doubles may differ by a part of themselves. */
    static boolean same(Object expected, Object actual, double tolerance) {
        if (expected instanceof Double a && actual instanceof Double b) {
            return a.equals(b)
                    || a.doubleValue() == b.doubleValue()
                    || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
        }
        if (expected instanceof List<?> a && actual instanceof List<?> b) {
            boolean same = a.size() == b.size();
            for (int i = 0; same && i < a.size(); i++) {
                same = same(a.get(i), b.get(i), tolerance);
            }
            return same;
        }
        if (expected instanceof Map<?, ?> a && actual instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet())
                    && a.keySet().stream().allMatch(key -> same(a.get(key), b.get(key), tolerance));
        }
        return expected == null ? actual == null : expected.equals(actual);
    }
}
