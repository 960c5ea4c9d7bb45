// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.table.Column;
import io.millrace.table.Functions;
import io.millrace.table.Table;
import io.millrace.table.TableEnvironment;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.query.DataStreamWriter;
import io.millrace.table.sink.DataWriter;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The cases of the conformance suite as tables: from their SQL text, and from their list of operations. */
final class PlanningCases {

    private static final List<String> FILES =
            List.of("aggregates", "chained-and-refused", "event-time", "functions", "joins", "random-21");

    private final JsonNode json;
    private final Planner planner;
    private final TableEnvironment environment = new TableEnvironment() {
        @Override
        public Planner planner() {
            return planner;
        }

        @Override
        public DataStreamWriter writeStream(Table table) {
            throw new UnsupportedOperationException("plans only");
        }

        @Override
        public DataWriter write(Table table) {
            throw new UnsupportedOperationException("plans only");
        }

        @Override
        public List<ColumnBatch> run(Table table) {
            throw new UnsupportedOperationException("plans only");
        }
    };

    private PlanningCases(JsonNode json, FunctionRegistry registry) {
        this.json = json;
        this.planner = new Planner(registry);
    }

    static List<PlanningCases> all(FunctionRegistry registry) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<PlanningCases> cases = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = Objects.requireNonNull(
                    PlanningCases.class.getResourceAsStream("/structured-cases/" + file + ".jsonl"), file)) {
                for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                    if (!line.isBlank()) {
                        cases.add(new PlanningCases(mapper.readTree(line), registry));
                    }
                }
            }
        }
        return cases;
    }

    String id() {
        return json.get("id").asText();
    }

    boolean hasSql() {
        return !json.get("sql").isNull();
    }

    /** The error a query is refused with when it is defined; null if it is not. */
    @org.jspecify.annotations.Nullable
    JsonNode refused() {
        JsonNode error = json.get("expect").get("error");
        return error != null && error.get("at").asText().equals("define") ? error : null;
    }

    /** The columns that are expected; empty if the query is refused. */
    String schema() {
        JsonNode columns = json.get("expect").get("schema");
        if (columns == null) {
            return "";
        }
        List<Field> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(field(column)));
        return new Schema(fields).toString();
    }

    private static Field field(JsonNode column) {
        return Field.of(
                column.get("name").asText(), DataTypes.parse(column.get("type").asText()));
    }

    private Table source(JsonNode input) {
        List<Field> fields = new ArrayList<>();
        input.get("schema").forEach(column -> fields.add(field(column)));
        boolean streaming = !input.path("static").asBoolean(false);
        return new Table(environment, planner.scan(input.get("name").asText(), streaming, new Schema(fields)));
    }

    /** The query from its text. */
    Table fromSql() {
        for (JsonNode input : json.get("inputs")) {
            Table table = source(input);
            JsonNode watermark = input.get("watermark");
            if (watermark != null) {
                table = table.withWatermark(
                        watermark.get("column").asText(), watermark.get("delay").asText());
            }
            table.createOrReplaceTempView(input.get("name").asText());
        }
        return new Table(environment, planner.sql(json.get("sql").asText()));
    }

    /** The query from its operations. */
    Table fromOperations() {
        Map<String, Table> nodes = new HashMap<>();
        Table last = null;
        for (JsonNode op : json.get("ops")) {
            List<Table> inputs = new ArrayList<>();
            op.path("in").forEach(id -> inputs.add(Objects.requireNonNull(nodes.get(id.asText()))));
            last = operation(op, inputs);
            nodes.put(op.get("id").asText(), last);
        }
        return Objects.requireNonNull(last);
    }

    private Table operation(JsonNode op, List<Table> in) {
        switch (op.get("op").asText()) {
            case "source" -> {
                for (JsonNode input : json.get("inputs")) {
                    if (input.get("name").equals(op.get("name"))) {
                        return source(input);
                    }
                }
                throw new IllegalArgumentException("no input " + op);
            }
            case "withWatermark" -> {
                return in.get(0)
                        .withWatermark(
                                op.get("column").asText(), op.get("delay").asText());
            }
            case "select" -> {
                return in.get(0).select(columns(op.get("exprs")));
            }
            case "where" -> {
                return in.get(0).where(column(op.get("cond")));
            }
            case "withColumn" -> {
                return in.get(0).withColumn(op.get("name").asText(), column(op.get("expr")));
            }
            case "groupBy" -> {
                Column[] aggregates = columns(op.get("aggs"));
                return in.get(0)
                        .groupBy(columns(op.get("keys")))
                        .agg(aggregates[0], java.util.Arrays.copyOfRange(aggregates, 1, aggregates.length));
            }
            case "dropDuplicates" -> {
                return in.get(0).dropDuplicates(names(op));
            }
            case "dropDuplicatesWithinWatermark" -> {
                return in.get(0).dropDuplicatesWithinWatermark(names(op));
            }
            case "distinct" -> {
                return in.get(0).distinct();
            }
            case "join" -> {
                return in.get(0)
                        .as("L")
                        .join(
                                in.get(1).as("R"),
                                column(op.get("cond")),
                                op.get("type").asText());
            }
            case "union" -> {
                return in.get(0).union(in.get(1));
            }
            case "orderBy" -> {
                return in.get(0).orderBy(columns(op.get("exprs")));
            }
            case "limit" -> {
                return in.get(0).limit(op.get("n").asLong());
            }
            default -> {
                throw new IllegalArgumentException("no operation " + op);
            }
        }
    }

    private static String[] names(JsonNode op) {
        List<String> names = new ArrayList<>();
        op.path("columns").forEach(name -> names.add(name.asText()));
        return names.toArray(new String[0]);
    }

    private static Column[] columns(JsonNode list) {
        List<Column> columns = new ArrayList<>();
        list.forEach(expression -> columns.add(column(expression)));
        return columns.toArray(new Column[0]);
    }

    private static Column column(JsonNode expression) {
        Column column = Functions.expr(expression.get("sql").asText());
        return expression.path("desc").asBoolean(false) ? column.desc() : column;
    }
}
