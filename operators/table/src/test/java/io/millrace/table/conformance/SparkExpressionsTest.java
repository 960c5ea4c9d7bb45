// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.table.AnalysisException;
import io.millrace.table.Functions;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Expressions over rows with the ends of all types' ranges, and what Spark 4.1.0 gives for them.
 *
 * <p>The first line of the resource has the {@code schema} and the {@code rows}. Each other line has an expression {@code e}, and either the {@code error} that refuses
 * it, or its {@code type} and {@code results}, one of each row: {@code {"value": …}} or {@code {"error": name}}. Null stands for the name of an error that has none.
 */
class SparkExpressionsTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void giveWhatSparkGives() throws IOException {
        List<JsonNode> lines = lines();
        Schema schema = new Schema(StructuredCase.elements(lines.get(0).get("schema")).stream()
                .map(column -> Field.of(
                        column.get("name").textValue(),
                        TypeText.parse(column.get("type").textValue())))
                .toList());
        List<Row> rows = StructuredCase.elements(lines.get(0).get("rows")).stream()
                .map(row -> CaseValues.given(row, schema))
                .toList();
        List<String> differences = new ArrayList<>();
        try (TableSession session = TableSession.builder().build()) {
            for (JsonNode line : lines.subList(1, lines.size())) {
                String text = line.get("e").textValue();
                String difference = difference(session, schema, rows, line);
                if (difference != null) {
                    differences.add(text + " -> " + difference);
                }
            }
        }

        assertThat(differences).isEmpty();
    }

    private static List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SparkExpressionsTest.class.getResourceAsStream("/spark-expressions.jsonl")),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(MAPPER.readTree(line));
            }
        }
        return lines;
    }

    /** Null if there is none. */
    private static String difference(TableSession session, Schema schema, List<Row> rows, JsonNode line) {
        DataType type;
        Table table;
        try {
            table = selected(session, schema, rows, line);
            type = table.schema().fields().get(0).type();
        } catch (AnalysisException e) {
            return line.has("error") && named(line.get("error"), e.condition()) ? null : "it is refused: " + e;
        }
        if (line.has("error")) {
            return "it is not refused with " + line.get("error");
        }
        if (!type.equals(TypeText.parse(line.get("type").textValue()))
                && !type.sql().equals(line.get("type").textValue())) {
            return "its type is " + type.sql() + ", not " + line.get("type");
        }
        List<JsonNode> results = StructuredCase.elements(line.get("results"));
        boolean fails = results.stream().anyMatch(result -> result.has("error"));
        if (!fails) {
            List<Row> actual = table.collect();
            for (int i = 0; i < results.size(); i++) {
                String difference = value(type, results.get(i), actual.get(i));
                if (difference != null) {
                    return "row " + (i + 1) + ": " + difference;
                }
            }
            return null;
        }
        for (int i = 0; i < results.size(); i++) {
            String difference;
            try {
                difference = value(
                        type,
                        results.get(i),
                        selected(session, schema, List.of(rows.get(i)), line)
                                .collect()
                                .get(0));
            } catch (QueryExecutionException e) {
                difference = results.get(i).has("error") && named(results.get(i).get("error"), e.condition())
                        ? null
                        : "it fails: " + e;
            }
            if (difference != null) {
                return "row " + (i + 1) + ": " + difference;
            }
        }
        return null;
    }

    private static Table selected(TableSession session, Schema schema, List<Row> rows, JsonNode line) {
        return session.fromRows(schema, rows)
                .select(Functions.expr(line.get("e").textValue()).as("x"));
    }

    private static boolean named(JsonNode wanted, String condition) {
        return wanted.isNull() || wanted.textValue().equals(condition);
    }

    private static String value(DataType type, JsonNode result, Row actual) {
        if (result.has("error")) {
            return "it does not fail with " + result.get("error");
        }
        Object expected = CaseValues.canonical(CaseValues.value(result.get("value"), type));
        Object given = CaseRun.values(actual.values()).get(0);
        return CaseValues.same(expected, given, 1e-9) ? null : "it is " + given + ", not " + expected;
    }
}
