// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What type a JSON text could be read as. */
public final class JsonSchema {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonSchema() {}

    /** The type in DDL, fields sorted by name. */
    public static Utf8 of(Utf8 json) {
        try {
            return Utf8.of(known(type(MAPPER.readTree(json.toString()))));
        } catch (JsonProcessingException e) {
            throw new QueryExecutionException(
                    "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                    "schema_of_json needs a text that is JSON, not: " + json);
        }
    }

    /** What null is of: any type. */
    private static final String ANY = "\0";

    private static String known(String type) {
        return type.replace(ANY, "STRING");
    }

    private static String type(JsonNode node) {
        if (node.isNull()) {
            return ANY;
        }
        if (node.isObject()) {
            Map<String, String> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), type(field.getValue())));
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + ": " + field.getValue())
                    .collect(Collectors.joining(", ", "STRUCT<", ">"));
        }
        if (node.isArray()) {
            String element = ANY;
            for (JsonNode each : node) {
                element = common(element, type(each));
            }
            return "ARRAY<" + element + ">";
        }
        if (node.isBoolean()) {
            return "BOOLEAN";
        }
        if (node.isIntegralNumber()) {
            return node.canConvertToLong()
                    ? "BIGINT"
                    : "DECIMAL(" + node.asText().length() + ",0)";
        }
        return node.isNumber() ? "DOUBLE" : "STRING";
    }

    private static String common(String left, String right) {
        if (left.equals(right) || right.equals(ANY)) {
            return left;
        }
        if (left.equals(ANY)) {
            return right;
        }
        if (left.startsWith("ARRAY<") && right.startsWith("ARRAY<")) {
            return "ARRAY<" + common(left.substring(6, left.length() - 1), right.substring(6, right.length() - 1))
                    + ">";
        }
        boolean numbers =
                (left + right).replace("BIGINT", "").replace("DOUBLE", "").isEmpty();
        return numbers ? "DOUBLE" : "STRING";
    }
}
