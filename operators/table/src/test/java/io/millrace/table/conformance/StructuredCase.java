// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One case: a query, what comes in step by step, and what Spark answered.
 *
 * @param id its name
 * @param json its line
 */
public record StructuredCase(String id, JsonNode json) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The cases of all files of a folder, in the order of the files' names. */
    static List<StructuredCase> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
        List<StructuredCase> cases = new ArrayList<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    cases.add(parse(line));
                }
            }
        }
        return cases;
    }

    static StructuredCase parse(String line) throws IOException {
        JsonNode json = MAPPER.readTree(line);
        return new StructuredCase(json.get("id").textValue(), json);
    }

    /** The two ways in which a case says what it asks. */
    public enum Form {
        SQL,
        OPS
    }

    /**
     * A stream or a table.
     *
     * @param rows those of a table, null for a stream
     * @param watermark its column and delay in the SQL form, null for none
     */
    public record Input(String name, Schema schema, List<JsonNode> rows, JsonNode watermark) {

        /** Whether it is a table. */
        public boolean fixed() {
            return rows != null;
        }
    }

    /** A node of the list of operators. */
    public record Node(String id, String op, List<String> in, JsonNode json) {

        /** A list of expressions, or of names. */
        public List<JsonNode> list(String key) {
            return elements(json.get(key));
        }

        /** A text parameter. */
        public String text(String key) {
            return json.get(key).textValue();
        }
    }

    /** The output mode, as it is written. */
    public String outputMode() {
        return json.get("outputMode").textValue();
    }

    /** Whether the rows of the output have an order. */
    boolean ordered() {
        return json.path("orderedOutput").booleanValue();
    }

    /** The text of the query, if there is one. */
    Optional<String> sql() {
        return Optional.ofNullable(json.get("sql").textValue());
    }

    /** What comes in. */
    public List<Input> inputs() {
        return elements(json.get("inputs")).stream()
                .map(input -> new Input(
                        input.get("name").textValue(),
                        schema(input.get("schema")),
                        input.path("static").booleanValue() ? elements(input.get("rows")) : null,
                        input.get("watermark")))
                .toList();
    }

    private static Schema schema(JsonNode columns) {
        return new Schema(elements(columns).stream()
                .map(column -> Field.of(
                        column.get("name").textValue(),
                        TypeText.parse(column.get("type").textValue())))
                .toList());
    }

    /** The operators, each after those it works on; the last is the query. */
    public List<Node> nodes() {
        return elements(json.get("ops")).stream()
                .map(node -> new Node(
                        node.get("id").textValue(),
                        node.get("op").textValue(),
                        elements(node.path("in")).stream()
                                .map(JsonNode::textValue)
                                .toList(),
                        node))
                .toList();
    }

    /** How many steps there are. */
    public int steps() {
        return json.get("steps").size();
    }

    /** The rows that a step, from 0, brings to an input. */
    public List<JsonNode> rows(int step, String input) {
        return elements(json.get("steps").get(step).path(input));
    }

    /** What Spark answered. */
    Outcome spark(Form form) {
        JsonNode differing = json.get("sqlExpect");
        return Outcome.fromJson(form == Form.SQL && differing != null ? differing : json.get("expect"));
    }

    static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Override
    public String toString() {
        return id;
    }
}
