// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Forms of SQL over finished tables, and what Spark 4.1.0 gives for them: names and types of the columns, and rows, in order where the query ends with {@code ORDER BY}.
 *
 * <p>Lines of the resource with a {@code name} are tables. The others have a query {@code e}, and either its {@code error}, or its {@code type} and its {@code rows} or the
 * name of what it {@code fails} with.
 */
class SparkQueriesTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void giveWhatSparkGives() throws IOException {
        List<String> differences = new ArrayList<>();
        int queries = 0;
        try (TableSession session = TableSession.builder().build()) {
            for (JsonNode line : lines()) {
                if (line.has("name")) {
                    table(session, line);
                    continue;
                }
                queries++;
                String difference = difference(session, line);
                if (difference != null) {
                    differences.add(line.get("e").textValue() + " -> " + difference);
                }
            }
        }

        assertThat(differences).isEmpty();
        assertThat(queries).isGreaterThan(1_000);
    }

    private static List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SparkQueriesTest.class.getResourceAsStream("/spark-queries.jsonl")),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(MAPPER.readTree(line));
            }
        }
        return lines;
    }

    private static void table(TableSession session, JsonNode line) {
        Schema schema = new Schema(StructuredCase.elements(line.get("schema")).stream()
                .map(column -> Field.of(
                        column.get("name").textValue(),
                        TypeText.parse(column.get("type").textValue())))
                .toList());
        List<Row> rows = StructuredCase.elements(line.get("rows")).stream()
                .map(row -> CaseValues.given(row, schema))
                .toList();
        session.fromRows(schema, rows).createOrReplaceTempView(line.get("name").textValue());
    }

    /** Null if there is none. */
    private static String difference(TableSession session, JsonNode line) {
        Table table;
        try {
            table = session.sql(line.get("e").textValue());
        } catch (AnalysisException e) {
            JsonNode error = line.get("error");
            return error != null && (error.isNull() || error.textValue().equals(e.condition()))
                    ? null
                    : "it is refused: " + e;
        }
        if (line.has("error")) {
            return "it is not refused with " + line.get("error");
        }
        String type = new StructType(table.schema().fields()).sql();
        if (!type.equals(line.get("type").textValue())) {
            return "its type is " + type + ", not " + line.get("type").textValue();
        }
        List<Row> rows;
        try {
            rows = table.collect();
        } catch (QueryExecutionException e) {
            return line.has("fails") && line.get("fails").textValue().equals(e.condition()) ? null : "it fails: " + e;
        }
        return line.has("fails") ? "it does not fail with " + line.get("fails") : compared(table, rows, line);
    }

    private static String compared(Table table, List<Row> rows, JsonNode line) {
        Schema schema = table.schema();
        List<List<Object>> actual =
                rows.stream().map(row -> CaseRun.values(row.values())).toList();
        List<List<Object>> expected = new ArrayList<>();
        for (JsonNode row : StructuredCase.elements(line.get("rows"))) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < schema.size(); i++) {
                values.add(CaseValues.canonical(
                        CaseValues.value(row.get(i), schema.field(i).type())));
            }
            expected.add(values);
        }
        boolean ordered = line.get("e").textValue().toUpperCase(Locale.ROOT).matches(".*ORDER BY [^)]*");
        List<List<Object>> left = new ArrayList<>(expected);
        for (int i = 0; i < actual.size(); i++) {
            List<Object> row = actual.get(i);
            int found = -1;
            for (int k = 0; k < (ordered ? Math.min(1, left.size()) : left.size()) && found < 0; k++) {
                found = CaseValues.same(left.get(k), row, 1e-9) ? k : -1;
            }
            if (found < 0) {
                return "row " + (i + 1) + " is " + row + ", and left are " + left;
            }
            left.remove(found);
        }
        return left.isEmpty() ? null : "rows are missing: " + left;
    }
}
