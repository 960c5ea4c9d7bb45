// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.table;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.attribute.ColumnAttributes;
import io.millrace.mllib.storage.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Schemas as Spark writes them: what {@code df.schema.json} gives, with the {@code ml_attr} metadata of the columns. That is
 * how a stage that needs metadata, as Interaction and VectorSlicer do, can be given columns that no stage has made. Other
 * metadata is left out.
 */
public final class SchemaJson {

    private static final int DEPTH = 64;
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,3}),\\s*(\\d{1,3})\\)");
    private static final String UDT = "org.apache.spark.ml.linalg.";

    private SchemaJson() {}

    /**
     * The schema in {@code json}. A type can also be the mere name {@code "vector"} or {@code "matrix"}.
     *
     * @throws IllegalArgumentException if it is none, or has columns of a type that rows cannot hold
     */
    public static Schema parse(String json) {
        try {
            return schema(Json.parseObject(json, DEPTH));
        } catch (IOException e) {
            throw new IllegalArgumentException("not the JSON of a schema: " + e.getMessage(), e);
        }
    }

    /** As Spark writes it. */
    public static String write(Schema schema) {
        return Json.write(json(schema));
    }

    private static Schema schema(Map<?, ?> json) {
        List<Field> fields = new ArrayList<>();
        if (!(json.get("fields") instanceof List<?> list)) {
            throw new IllegalArgumentException("a schema without fields");
        }
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> field) || !(field.get("name") instanceof String name)) {
                throw new IllegalArgumentException("a field without a name: " + element);
            }
            DataType type = type(name, field.get("type"));
            boolean nullable = !Boolean.FALSE.equals(field.get("nullable"));
            fields.add(new Field(name, type, nullable, attributes(name, type, field.get("metadata"))));
        }
        return Schema.of(fields);
    }

    private static @Nullable ColumnAttributes attributes(String column, DataType type, @Nullable Object metadata) {
        if (!(metadata instanceof Map<?, ?> object) || !(object.get("ml_attr") instanceof Map<?, ?> attributes)) {
            return null;
        }
        if (type.equals(DataType.VECTOR)) {
            return AttributeGroup.fromJson(column, attributes);
        }
        return type.isNumeric() ? Attribute.fromJson(attributes) : null;
    }

    private static DataType type(String column, @Nullable Object json) {
        if (json instanceof String name) {
            Matcher decimal = DECIMAL.matcher(name);
            if (decimal.matches()) {
                return new DataType.Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
            }
            for (DataType.Simple simple : DataType.Simple.values()) {
                if (simple.sparkName().equals(name)) {
                    return simple;
                }
            }
        } else if (json instanceof Map<?, ?> object) {
            if ("array".equals(object.get("type"))) {
                return new DataType.Array(
                        type(column, object.get("elementType")), !Boolean.FALSE.equals(object.get("containsNull")));
            }
            if ("struct".equals(object.get("type"))) {
                return new DataType.Struct(schema(object));
            }
            if ("udt".equals(object.get("type"))) {
                for (DataType udt : List.of(DataType.VECTOR, DataType.MATRIX)) {
                    if ((UDT + udtName(udt)).equals(object.get("class"))) {
                        return udt;
                    }
                }
            }
        }
        throw new IllegalArgumentException("column \"" + column + "\" is of type " + json + ", which rows cannot hold");
    }

    private static Map<String, Object> json(Schema schema) {
        List<Object> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            ColumnAttributes attributes = field.attributes();
            fields.add(ordered(
                    "name", field.name(),
                    "type", json(field.type()),
                    "nullable", field.nullable(),
                    "metadata", attributes == null ? Map.of() : Map.of("ml_attr", attributes.toJson())));
        }
        return ordered("type", "struct", "fields", fields);
    }

    private static Object json(DataType type) {
        if (type instanceof DataType.Array array) {
            return ordered("type", "array", "elementType", json(array.element()), "containsNull", array.containsNull());
        }
        if (type instanceof DataType.Struct struct) {
            return json(struct.schema());
        }
        if (type.equals(DataType.VECTOR)) {
            return udt(
                    type,
                    field("type", "byte", false),
                    field("size", "integer", true),
                    field("indices", list("integer"), true),
                    field("values", list("double"), true));
        }
        if (type.equals(DataType.MATRIX)) {
            return udt(
                    type,
                    field("type", "byte", false),
                    field("numRows", "integer", false),
                    field("numCols", "integer", false),
                    field("colPtrs", list("integer"), true),
                    field("rowIndices", list("integer"), true),
                    field("values", list("double"), true),
                    field("isTransposed", "boolean", false));
        }
        return type.sparkName();
    }

    private static Map<String, Object> udt(DataType type, Object... fields) {
        String name = udtName(type);
        return ordered(
                "type",
                "udt",
                "class",
                UDT + name,
                "pyClass",
                "pyspark.ml.linalg." + name,
                "sqlType",
                ordered("type", "struct", "fields", List.of(fields)));
    }

    private static Object field(String name, Object type, boolean nullable) {
        return ordered("name", name, "type", type, "nullable", nullable, "metadata", Map.of());
    }

    private static Object list(String element) {
        return ordered("type", "array", "elementType", element, "containsNull", false);
    }

    private static String udtName(DataType type) {
        String name = type.sparkName();
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "UDT";
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
