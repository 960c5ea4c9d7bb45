// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads values of JSON, in the form {@link DataType} says. */
final class JsonValue {

    private JsonValue() {}

    /** The value; null if it is null, missing or none of this type. */
    static @Nullable Object of(DataType type, JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (type instanceof AtomicType atomic) {
            return atom(atomic, node);
        }
        if (type instanceof DecimalType) {
            return node.isNumber() || node.isTextual() ? CellText.parse(type, node.asText()) : null;
        }
        if (type instanceof ArrayType array && node.isArray()) {
            @Nullable Object[] elements = new Object[node.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = of(array.element(), node.get(i));
            }
            return elements;
        }
        if (type instanceof StructType struct && node.isObject()) {
            @Nullable Object[] fields = new Object[struct.fields().size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = of(
                        struct.fields().get(i).type(),
                        node.path(struct.fields().get(i).name()));
            }
            return fields;
        }
        return type instanceof MapType map && node.isObject() ? map(map, node) : null;
    }

    private static @Nullable Object map(MapType type, JsonNode node) {
        List<Object> keys = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Object key = CellText.parse(type.key(), field.getKey());
            if (key == null) {
                return null;
            }
            keys.add(key);
            values.add(of(type.value(), field.getValue()));
        }
        return new MapValue(keys.toArray(), values.toArray());
    }

    private static @Nullable Object atom(AtomicType type, JsonNode node) {
        return switch (type) {
            case STRING -> Utf8.of(node.isTextual() ? node.textValue() : node.toString());
            case BOOLEAN -> node.isBoolean() ? node.booleanValue() : null;
            case BYTE, SHORT, INT, LONG -> node.isIntegralNumber() ? CellText.parse(type, node.asText()) : null;
            case FLOAT -> node.isNumber() ? (Object) node.floatValue() : special(type, node);
            case DOUBLE -> node.isNumber() ? (Object) node.doubleValue() : special(type, node);
            case DATE, TIMESTAMP -> node.isTextual() ? CellText.parse(type, node.textValue()) : null;
            case BINARY -> node.isTextual() ? bytes(node.textValue()) : null;
            case NULL, DAY_TIME_INTERVAL, YEAR_MONTH_INTERVAL -> null;
        };
    }

    /** {@code "NaN"} and the infinities are texts in JSON. */
    private static @Nullable Object special(AtomicType type, JsonNode node) {
        if (!node.isTextual()) {
            return null;
        }
        Object value = CellText.parse(AtomicType.DOUBLE, node.textValue());
        if (!(value instanceof Double number) || !(number.isNaN() || number.isInfinite())) {
            return null;
        }
        return type == AtomicType.FLOAT ? (Object) number.floatValue() : number;
    }

    private static byte @Nullable [] bytes(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
