// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.listener.BatchInfo;
import io.millrace.stream.DStream;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.Utf8;
import io.millrace.table.execution.OperatorFigures;
import io.millrace.table.execution.QueryGraph;
import io.millrace.table.execution.QueryOptions;
import io.millrace.table.execution.QueryOutput;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.plan.FilterPushdown;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.plan.Refusals;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A conformance case of sources, watermarks, one join and a choice of columns, on an engine in virtual time. */
final class JoinCase {

    private static final Pattern EQUAL = Pattern.compile("L\\.(\\w+) = R\\.(\\w+)");
    private static final Pattern RANGE =
            Pattern.compile("R\\.(\\w+) (>=|<=) L\\.(\\w+)(?: ([+-]) INTERVAL (\\d+) SECONDS)?");

    private final JsonNode read;
    private final Map<String, QueryPlan> plans = new HashMap<>();
    private final Map<String, Schema> inputs = new HashMap<>();
    private final Map<String, List<ColumnBatch>> tables = new HashMap<>();
    private final QueryPlan plan;
    private int watermarks;

    JoinCase(JsonNode read) {
        this.read = read;
        for (JsonNode input : read.get("inputs")) {
            List<Field> fields = new ArrayList<>();
            input.get("schema")
                    .forEach(field -> fields.add(Field.of(
                            field.get("name").asText(),
                            AtomicType.valueOf(field.get("type").asText().toUpperCase(Locale.ROOT)))));
            String name = input.get("name").asText();
            inputs.put(name, new Schema(fields));
            if (input.path("static").asBoolean()) {
                tables.put(name, List.of(rows(new Schema(fields), input.get("rows"))));
            }
        }
        QueryPlan last = null;
        for (JsonNode op : read.get("ops")) {
            last = plan(op);
            plans.put(op.get("id").asText(), last);
        }
        plan = FilterPushdown.apply(java.util.Objects.requireNonNull(last));
    }

    /** Whether it is such a case, and no error is expected. */
    static boolean isPlain(JsonNode read) {
        boolean join = false;
        for (JsonNode op : read.get("ops")) {
            String name = op.get("op").asText();
            join |= name.equals("join");
            if (!List.of("source", "withWatermark", "join", "select").contains(name)) {
                return false;
            }
        }
        return join
                && !read.get("expect").has("error")
                && !read.get("expect").findParents("error").iterator().hasNext();
    }

    String id() {
        return read.get("id").asText();
    }

    /** What the case says each batch gives. */
    List<String> expected() {
        List<String> batches = new ArrayList<>();
        for (JsonNode step : read.get("expect").get("steps")) {
            for (JsonNode batch : step.get("batches")) {
                List<String> rows = new ArrayList<>();
                batch.get("rows").forEach(row -> {
                    List<String> values = new ArrayList<>();
                    row.forEach(value -> values.add(text(value)));
                    rows.add(values.toString());
                });
                rows.sort(null);
                String dropped = batch.has("dropped")
                        ? " dropped " + batch.get("dropped").get(0)
                        : "";
                String state = batch.has("stateRows")
                        ? " state " + batch.get("stateRows").get(0)
                        : "";
                batches.add(batch.get("batchId") + " " + rows + dropped + (comparesState() ? state : ""));
            }
        }
        return batches;
    }

    /** What each batch gives. */
    List<String> run() {
        List<String> batches = new ArrayList<>();
        try (BatchHarness harness =
                BatchHarness.builder(id()).options(QueryGraph::register).build()) {
            Map<String, ScriptedInput<ColumnBatch>> scripts = new HashMap<>();
            CollectedOutput<QueryOutput> output = harness.collect(QueryGraph.build(
                    plan,
                    OutputMode.APPEND,
                    QueryOptions.defaults().withRefusals(Refusals.NONE),
                    harness.context(),
                    scan -> {
                        ScriptedInput<ColumnBatch> script = harness.input();
                        scripts.put(scan.id(), script);
                        DStream<ColumnBatch> stream = harness.stream(script);
                        return stream;
                    },
                    scan -> table(scan.id())));
            harness.start();
            for (JsonNode step : read.get("steps")) {
                scripts.forEach((id, script) -> {
                    if (step.has(id) && !step.get(id).isEmpty()) {
                        script.add(rows(schema(id), step.get(id)));
                    }
                });
                settle(harness, output, batches);
            }
        }
        return batches;
    }

    private void settle(BatchHarness harness, CollectedOutput<QueryOutput> output, List<String> batches) {
        for (int tick = 0; tick < 5; tick++) {
            BatchInfo info = harness.runBatch();
            List<QueryOutput> given = output.at(info.batchTime().millis());
            if (given.isEmpty()) {
                return;
            }
            batches.add(describe(given));
        }
        throw new AssertionError("the query does not come to rest: " + batches);
    }

    private String describe(List<QueryOutput> given) {
        List<String> rows = new ArrayList<>();
        String batch = "";
        long dropped = -1;
        long state = 0;
        for (QueryOutput one : given) {
            if (one instanceof QueryOutput.Began began) {
                batch = began.frame().batchId() + " ";
            } else if (one instanceof QueryOutput.Rows some) {
                for (int row = 0; row < some.batch().rows(); row++) {
                    List<String> values = new ArrayList<>();
                    for (Object value : some.batch().row(row)) {
                        values.add(text(value));
                    }
                    rows.add(values.toString());
                }
            } else if (one instanceof QueryOutput.Report report) {
                OperatorFigures figures = report.figures();
                dropped = Math.max(0, dropped) + figures.dropped();
                state += figures.stateRows();
            }
        }
        rows.sort(null);
        String stateText = comparesState() ? " state " + state : "";
        return batch + rows + (dropped < 0 ? "" : " dropped " + dropped + stateText);
    }

    /** A semi join of Spark keeps rows that were met by a later one; a full outer join matches rows without keys. */
    private boolean comparesState() {
        String type = "";
        for (JsonNode op : read.get("ops")) {
            type += op.path("type").asText();
        }
        return !type.equals("left_semi") && !type.equals("full_outer");
    }

    private QueryPlan plan(JsonNode op) {
        return switch (op.get("op").asText()) {
            case "source" -> {
                String name = op.get("name").asText();
                yield new QueryPlan.Scan(name, !tables.containsKey(name), schema(name));
            }
            case "withWatermark" -> watermark(op);
            case "join" -> join(op);
            case "select" -> select(op);
            default -> throw new IllegalArgumentException(op.toString());
        };
    }

    private QueryPlan watermark(JsonNode op) {
        QueryPlan input = input(op, 0);
        int column = input.schema().indexOf(op.get("column").asText());
        List<Field> fields = new ArrayList<>(input.schema().fields());
        Field field = fields.get(column);
        fields.set(column, new Field(field.name(), field.type(), field.nullable(), true));
        long seconds = Long.parseLong(op.get("delay").asText().replace(" seconds", ""));
        return new QueryPlan.Watermark(input, watermarks++, column, seconds * 1_000_000, new Schema(fields));
    }

    private QueryPlan join(JsonNode op) {
        QueryPlan left = input(op, 0);
        QueryPlan right = input(op, 1);
        JoinType type = JoinType.valueOf(op.get("type").asText().toUpperCase(Locale.ROOT));
        List<Expression> leftKeys = new ArrayList<>();
        List<Expression> rightKeys = new ArrayList<>();
        List<Expression> conditions = new ArrayList<>();
        for (String part : op.get("cond").get("sql").asText().split(" AND ", -1)) {
            Matcher equal = EQUAL.matcher(part);
            Matcher range = RANGE.matcher(part);
            if (equal.matches()) {
                leftKeys.add(column(left, equal.group(1), 0));
                rightKeys.add(column(right, equal.group(2), 0));
            } else if (range.matches()) {
                conditions.add(range(left, right, range));
            } else {
                throw new IllegalArgumentException(part);
            }
        }
        List<Field> fields = new ArrayList<>(left.schema().fields());
        if (type != JoinType.LEFT_SEMI && type != JoinType.LEFT_ANTI) {
            fields.addAll(right.schema().fields());
        }
        Expression condition = conditions.isEmpty() ? null : new Expression.Logic(true, conditions);
        return new QueryPlan.Join(left, right, type, leftKeys, rightKeys, condition, new Schema(fields));
    }

    private static Expression range(QueryPlan left, QueryPlan right, Matcher range) {
        Expression later = column(right, range.group(1), left.schema().size());
        Expression earlier = column(left, range.group(3), 0);
        if (range.group(4) != null) {
            long micros = Long.parseLong(range.group(5)) * 1_000_000;
            earlier = call(range.group(4), earlier, new Expression.Literal(micros, AtomicType.DAY_TIME_INTERVAL));
        }
        return call(range.group(2), later, earlier);
    }

    private static Expression call(String name, Expression... arguments) {
        List<Expression> given = List.of(arguments);
        BoundFunction bound =
                FunctionRegistry.spark().scalar(name).orElseThrow().bind(given);
        List<Expression> cast = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            DataType type = bound.parameters().get(i);
            cast.add(given.get(i).type().equals(type) ? given.get(i) : new Expression.Cast(given.get(i), type, false));
        }
        return new Expression.Call(bound, cast);
    }

    private QueryPlan select(JsonNode op) {
        QueryPlan input = input(op, 0);
        int border = plans.values().stream()
                .filter(one -> one == input)
                .map(one -> ((QueryPlan.Join) one).left().schema().size())
                .findFirst()
                .orElseThrow();
        List<Expression> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (JsonNode expression : op.get("exprs")) {
            String[] words = expression.get("sql").asText().split("[. ]", -1);
            boolean left = words[0].equals("L");
            int place = left
                    ? input.schema().indexOf(words[1])
                    : border + ((QueryPlan.Join) input).right().schema().indexOf(words[1]);
            Field field = input.schema().field(place);
            columns.add(new Expression.Reference(place, field.type(), true, field.name()));
            fields.add(new Field(words[words.length - 1], field.type(), true, field.eventTime()));
        }
        return new QueryPlan.Project(input, columns, new Schema(fields));
    }

    private QueryPlan input(JsonNode op, int place) {
        return java.util.Objects.requireNonNull(
                plans.get(op.get("in").get(place).asText()));
    }

    private Schema schema(String name) {
        return java.util.Objects.requireNonNull(inputs.get(name));
    }

    private List<ColumnBatch> table(String name) {
        return java.util.Objects.requireNonNull(tables.get(name));
    }

    private static Expression column(QueryPlan plan, String name, int from) {
        int place = plan.schema().indexOf(name);
        Field field = plan.schema().field(place);
        return new Expression.Reference(from + place, field.type(), true, field.name());
    }

    private static ColumnBatch rows(Schema schema, JsonNode rows) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(schema);
        for (JsonNode row : rows) {
            @Nullable Object[] values = new @Nullable Object[schema.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(schema.field(i).type(), row.get(i));
            }
            builder.append(values);
        }
        return builder.build();
    }

    private static @Nullable Object value(DataType type, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return type == AtomicType.TIMESTAMP
                ? (Object) micros(value.asText())
                : type == AtomicType.INT ? (Object) value.asInt() : Utf8.of(value.asText());
    }

    private static long micros(String text) {
        Instant instant = Instant.parse(text);
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }

    private static String text(JsonNode value) {
        boolean isTime = value.isTextual() && value.asText().matches("\\d{4}-.*Z");
        return isTime ? text((Object) micros(value.asText())) : value.asText();
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Long time) {
            long micros = time - Instant.parse("2024-01-01T00:00:00Z").getEpochSecond() * 1_000_000;
            return micros % 1_000_000 == 0 ? micros / 1_000_000 + "s" : micros + "us";
        }
        return String.valueOf(value);
    }
}
