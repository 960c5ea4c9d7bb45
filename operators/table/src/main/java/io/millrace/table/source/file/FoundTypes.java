// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the types of values that say none. {@code void} stands for a value not seen yet. */
final class FoundTypes {

    private static final List<AtomicType> NUMBERS = List.of(AtomicType.INT, AtomicType.LONG, AtomicType.DOUBLE);

    private static final List<AtomicType> OF_TEXT = List.of(
            AtomicType.INT,
            AtomicType.LONG,
            AtomicType.DOUBLE,
            AtomicType.DATE,
            AtomicType.TIMESTAMP,
            AtomicType.BOOLEAN,
            AtomicType.STRING);

    private FoundTypes() {}

    /** The type of what was seen and of a further text; null is none. */
    static DataType with(DataType before, @Nullable String text) {
        if (text == null) {
            return before;
        }
        for (AtomicType type : OF_TEXT) {
            if (CellText.parse(type, text) != null) {
                return both(before, type);
            }
        }
        return AtomicType.STRING;
    }

    /** The type of a JSON value. */
    static DataType of(JsonNode node) {
        if (node.isNull()) {
            return AtomicType.NULL;
        }
        if (node.isBoolean()) {
            return AtomicType.BOOLEAN;
        }
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? AtomicType.LONG : AtomicType.DOUBLE;
        }
        if (node.isNumber()) {
            return AtomicType.DOUBLE;
        }
        if (node.isArray()) {
            DataType element = AtomicType.NULL;
            for (JsonNode one : node) {
                element = both(element, of(one));
            }
            return new ArrayType(element, true);
        }
        if (node.isObject()) {
            Map<String, DataType> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), of(field.getValue())));
            return struct(fields);
        }
        return AtomicType.STRING;
    }

    private static StructType struct(Map<String, DataType> fields) {
        List<Field> list = new ArrayList<>();
        fields.forEach((name, type) -> list.add(Field.of(name, type)));
        return new StructType(list);
    }

    /** A type that has the values of both. */
    static DataType both(DataType one, DataType other) {
        if (one.equals(other) || other == AtomicType.NULL) {
            return one;
        }
        if (one == AtomicType.NULL) {
            return other;
        }
        if (one instanceof AtomicType a
                && other instanceof AtomicType b
                && NUMBERS.contains(a)
                && NUMBERS.contains(b)) {
            return NUMBERS.get(Math.max(NUMBERS.indexOf(a), NUMBERS.indexOf(b)));
        }
        if ((one == AtomicType.DATE && other == AtomicType.TIMESTAMP)
                || (one == AtomicType.TIMESTAMP && other == AtomicType.DATE)) {
            return AtomicType.TIMESTAMP;
        }
        if (one instanceof ArrayType a && other instanceof ArrayType b) {
            return new ArrayType(both(a.element(), b.element()), true);
        }
        if (one instanceof StructType a && other instanceof StructType b) {
            Map<String, DataType> fields = new TreeMap<>();
            a.fields().forEach(field -> fields.put(field.name(), field.type()));
            b.fields().forEach(field -> fields.merge(field.name(), field.type(), FoundTypes::both));
            return struct(fields);
        }
        return AtomicType.STRING;
    }

    /** Strings where nothing but nulls was seen. */
    static DataType orString(DataType type) {
        if (type == AtomicType.NULL) {
            return AtomicType.STRING;
        }
        if (type instanceof ArrayType array) {
            return new ArrayType(orString(array.element()), true);
        }
        if (type instanceof StructType struct) {
            return new StructType(struct.fields().stream()
                    .map(field -> Field.of(field.name(), orString(field.type())))
                    .toList());
        }
        return type;
    }
}
