// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import io.millrace.mllib.attribute.ColumnAttributes;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Spark's schema JSON, as {@code schema.json} has it. */
final class CaseSchema {

    private CaseSchema() {}

    /** The columns without their metadata. */
    static Schema parse(Map<?, ?> json) {
        List<Field> fields = new ArrayList<>();
        for (Object element : (List<?>) json.get("fields")) {
            Map<?, ?> field = (Map<?, ?>) element;
            fields.add(new Field(
                    (String) field.get("name"),
                    type(field.get("type")),
                    Boolean.TRUE.equals(field.get("nullable")),
                    null));
        }
        return Schema.of(fields);
    }

    private static DataType type(Object json) {
        if (json instanceof String name) {
            if (name.startsWith("decimal")) {
                String[] numbers = name.replaceAll("[^0-9,]", "").split(",", 2);
                return new DataType.Decimal(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
            }
            return DataType.Simple.valueOf(name.toUpperCase(Locale.ROOT));
        }
        Map<?, ?> object = (Map<?, ?>) json;
        return switch ((String) object.get("type")) {
            case "array" ->
                new DataType.Array(type(object.get("elementType")), Boolean.TRUE.equals(object.get("containsNull")));
            case "struct" -> new DataType.Struct(parse(object));
            default -> throw new IllegalArgumentException("type " + json);
        };
    }

    /** The first difference between Spark's output schema and ours, or null. */
    static String difference(Map<?, ?> json, Schema actual) {
        List<?> fields = (List<?>) json.get("fields");
        Schema expected = parse(json);
        if (!expected.names().equals(actual.names())) {
            return "columns " + actual.names() + ", Spark has " + expected.names();
        }
        for (int i = 0; i < fields.size(); i++) {
            Map<?, ?> field = (Map<?, ?>) fields.get(i);
            Field mine = actual.fields().get(i);
            Field sparks = expected.fields().get(i);
            if (!mine.type().equals(sparks.type()) || mine.nullable() != sparks.nullable()) {
                return mine.name() + " is " + mine.type().sparkName() + nullable(mine) + ", in Spark "
                        + sparks.type().sparkName() + nullable(sparks);
            }
            if (!Boolean.TRUE.equals(field.get("metadataLeftOut"))) {
                Object metadata = field.get("metadata");
                Object expectedAttributes = metadata == null ? null : ((Map<?, ?>) metadata).get("ml_attr");
                ColumnAttributes attributes = mine.attributes();
                Object actualAttributes = attributes == null ? null : attributes.toJson();
                if (!String.valueOf(expectedAttributes).equals(String.valueOf(actualAttributes))
                        && !Objects.equals(expectedAttributes, actualAttributes)) {
                    return mine.name() + " has ml_attr " + actualAttributes + ", in Spark " + expectedAttributes;
                }
            }
        }
        return null;
    }

    private static String nullable(Field field) {
        return field.nullable() ? " nullable" : " not null";
    }
}
