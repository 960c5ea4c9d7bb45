// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.table.conformance.CaseValues;
import io.millrace.table.conformance.StructuredCase;
import io.millrace.table.conformance.StructuredCase.Input;
import io.millrace.table.conformance.StructuredCase.Node;
import io.millrace.table.conformance.UnsupportedCaseException;
import io.millrace.table.conformance.naive.Relation.Column;
import io.millrace.table.conformance.naive.Relation.Row;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A list of operators, evaluated over all that has come in so far. */
final class NaiveQuery {

    private static final Set<String> DEDUPLICATIONS =
            Set.of("dropDuplicates", "dropDuplicatesWithinWatermark", "distinct");

    private final StructuredCase structuredCase;
    private final String mode;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Input> inputs = new HashMap<>();
    private final Map<String, List<Row>> arrived = new HashMap<>();
    private final List<Frame> frames;

    /** A query; the frames are added to as batches are decided on. */
    NaiveQuery(StructuredCase structuredCase, List<Frame> frames) {
        this.structuredCase = structuredCase;
        this.mode = structuredCase.outputMode();
        this.frames = frames;
        structuredCase.nodes().forEach(node -> nodes.put(node.id(), node));
        for (Input input : structuredCase.inputs()) {
            inputs.put(input.name(), input);
            List<Row> rows = new ArrayList<>();
            if (input.fixed()) {
                input.rows().forEach(row -> rows.add(row(row, input, -1)));
            }
            arrived.put(input.name(), rows);
        }
    }

    private static Row row(JsonNode json, Input input, int batch) {
        List<Object> values = new ArrayList<>();
        CaseValues.row(json, input.schema()).forEach(value -> values.add(CaseValues.canonical(value)));
        return new Row(values, batch);
    }

    /** Takes in the rows of a step as those of a batch. */
    void add(int step, int batch) {
        for (Input input : inputs.values()) {
            if (!input.fixed()) {
                structuredCase
                        .rows(step, input.name())
                        .forEach(row -> arrived.get(input.name()).add(row(row, input, batch)));
            }
        }
    }

    /** The operator that is the query. */
    String root() {
        List<Node> all = List.copyOf(nodes.values());
        return all.get(all.size() - 1).id();
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    /** Whether rows of an operator come for ever. */
    boolean streaming(String id) {
        Node node = nodes.get(id);
        return node.op().equals("source")
                ? !inputs.get(node.text("name")).fixed()
                : node.in().stream().anyMatch(this::streaming);
    }

    /** Whether an operator keeps rows for later batches. */
    boolean stateful(Node node) {
        return streaming(node.id())
                && switch (node.op()) {
                    case "groupBy" -> true;
                    case "join" -> node.in().stream().allMatch(this::streaming);
                    default -> DEDUPLICATIONS.contains(node.op());
                };
    }

    /** Whether a later watermark may let an operator close something. */
    boolean closes(Node node) {
        if (!stateful(node)) {
            return false;
        }
        if (node.op().equals("join")) {
            return side(node, 0).time() >= 0 || side(node, 1).time() >= 0;
        }
        return !mode.equals("complete") || !node.op().equals("groupBy");
    }

    /** What a condition says of the rows of one side of a join. */
    JoinSide side(Node join, int side) {
        return JoinSide.of(join.json().get("cond").get("ast"), sided(join, side, -1), sided(join, 1 - side, -1));
    }

    private Relation sided(Node join, int side, int upTo) {
        return rows(join.in().get(side), upTo).as(side == 0 ? "L" : "R");
    }

    /** What the watermark, in ms, is behind an operator if it is so much before the first. */
    long behind(String id, long watermark) {
        Node node = nodes.get(id);
        long least =
                node.in().stream().mapToLong(in -> behind(in, watermark)).min().orElse(watermark);
        if (node.op().equals("join") && stateful(node)) {
            return Math.min(side(node, 0).watermark(least), side(node, 1).watermark(least));
        }
        return least;
    }

    private long lateMicros(Node node, int batch) {
        return behind(node.in().get(0), frames.get(batch).late()) * 1000;
    }

    private long closedMicros(Node node, int batch) {
        return behind(node.in().get(0), frames.get(batch).watermark()) * 1000;
    }

    // ---- the operators ----

    /** The rows of an operator as of a batch. */
    Relation rows(String id, int upTo) {
        Node node = nodes.get(id);
        if (node.op().equals("source")) {
            Input input = inputs.get(node.text("name"));
            List<Column> columns = input.schema().fields().stream()
                    .map(field -> new Column("", field.name(), false))
                    .toList();
            return new Relation(columns, arrived.get(input.name())).where(row -> row.batch() <= upTo);
        }
        if (node.op().equals("join")) {
            return join(node, upTo);
        }
        Relation in = rows(node.in().get(0), upTo);
        return switch (node.op()) {
            case "withWatermark" -> watermark(in, in.place(node.text("column")));
            case "select" -> Projection.select(in, node.list("exprs"));
            case "withColumn" ->
                Projection.withColumn(in, node.text("name"), node.json().get("expr"));
            case "where" -> {
                JsonNode condition = node.json().get("cond").get("ast");
                yield in.where(row ->
                        Boolean.TRUE.equals(new Scalars(path -> in.find(path).in(row.values())).value(condition)));
            }
            case "groupBy" ->
                new Groups(
                                node,
                                in,
                                streaming(id) ? mode : "complete",
                                b -> lateMicros(node, b),
                                b -> closedMicros(node, b))
                        .relation(upTo);
            case "union" -> {
                List<Row> all = new ArrayList<>();
                for (String each : node.in()) {
                    if (!types(each).equals(types(node.in().get(0)))) {
                        throw new UnsupportedCaseException("a union of different types");
                    }
                    all.addAll(rows(each, upTo).rows());
                }
                yield new Relation(in.columns(), all);
            }
            case "orderBy" -> sorted(in, node);
            case "limit" ->
                new Relation(
                        in.columns(),
                        in.rows()
                                .subList(
                                        0,
                                        Math.min(
                                                in.rows().size(),
                                                node.json().get("n").intValue())));
            case "dropDuplicates", "dropDuplicatesWithinWatermark", "distinct" -> distinct(in, node);
            default -> throw new UnsupportedCaseException("the operator " + node.op());
        };
    }

    /** The types of the columns of the inputs below an operator that has only steps that keep them. */
    private List<DataType> types(String id) {
        Node node = nodes.get(id);
        return node.op().equals("source")
                ? inputs.get(node.text("name")).schema().fields().stream()
                        .map(Field::type)
                        .toList()
                : types(node.in().get(0));
    }

    private static Relation watermark(Relation in, int place) {
        List<Column> columns = new ArrayList<>(in.columns());
        columns.set(place, new Column("", columns.get(place).name(), true));
        return new Relation(columns, in.rows());
    }

    private static Relation sorted(Relation in, Node node) {
        List<Row> rows = new ArrayList<>(in.rows());
        Comparator<Row> order = Comparator.comparing(row -> 0);
        for (JsonNode by : node.list("exprs")) {
            Comparator<Row> one = Comparator.comparing(
                    row -> new Scalars(path -> in.find(path).in(row.values())).value(by.get("ast")), Scalars.ALL);
            order = order.thenComparing(by.path("desc").booleanValue() ? one.reversed() : one);
        }
        rows.sort(order);
        return new Relation(in.columns(), rows);
    }

    // ---- duplicates ----

    private Relation distinct(Relation in, Node node) {
        List<Integer> places = new ArrayList<>();
        if (node.json().path("columns").isArray()) {
            node.list("columns").forEach(name -> places.add(in.place(name.textValue())));
        } else {
            in.columns().forEach(column -> places.add(places.size()));
        }
        int time = in.eventTime();
        boolean filters = time >= 0
                && streaming(node.id())
                && (places.contains(time) || used(node, in.columns().get(time)));
        long delay = node.op().endsWith("WithinWatermark") ? delay(node) : -1;
        Map<List<Object>, Row> first = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        List<Row> inOrder = new ArrayList<>(in.rows());
        inOrder.sort(Comparator.comparingInt(Row::batch));
        for (Row row : inOrder) {
            Object when = time < 0 ? null : row.values().get(time);
            if (filters && when != null && Times.ofEvent(when) <= lateMicros(node, row.batch())) {
                continue;
            }
            List<Object> key = new ArrayList<>();
            places.forEach(place -> key.add(row.values().get(place)));
            Row before = first.get(key);
            if (before == null
                    || (delay >= 0 && row.batch() > 0 && forgotten(node, before, time, delay, row.batch()))) {
                first.put(key, row);
                rows.add(row);
            }
        }
        return new Relation(in.columns(), rows);
    }

    private boolean forgotten(Node node, Row before, int time, long delay, int batch) {
        Long event = Times.ofEvent(before.values().get(time));
        return (event == null ? 0 : event) + delay <= closedMicros(node, batch - 1);
    }

    /** The delay of the watermark before an operator, in microseconds. */
    private long delay(Node node) {
        Node before = nodes.get(node.in().get(0));
        return before.op().equals("withWatermark") ? Times.duration(before.text("delay")) : delay(before);
    }

    /** Whether a column is used behind an operator: Spark drops it otherwise, and with it what is late. */
    private boolean used(Node node, Column column) {
        Set<String> behind = new HashSet<>(Set.of(node.id()));
        for (Node each : nodes.values()) {
            if (each.in().stream().anyMatch(behind::contains)) {
                if (each.op().equals("select") || each.op().equals("groupBy")) {
                    return each.json().toString().contains("\"col\":\"" + column.name() + "\"");
                }
                behind.add(each.id());
            }
        }
        return true;
    }

    // ---- joins ----

    private Relation join(Node node, int upTo) {
        Relation left = accepted(node, 0, upTo);
        Relation right = accepted(node, 1, upTo);
        List<Column> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        Relation both = new Relation(columns, List.of());
        String type = node.text("type");
        List<Row> rows = new ArrayList<>();
        IdentityHashMap<Row, Integer> firstMatches = new IdentityHashMap<>(); // rows may be equal
        for (Row l : left.rows()) {
            for (Row r : right.rows()) {
                List<Object> values = new ArrayList<>(l.values());
                values.addAll(r.values());
                Object holds = new Scalars(path -> both.find(path).in(values))
                        .value(node.json().get("cond").get("ast"));
                if (Boolean.TRUE.equals(holds)) {
                    int batch = Math.max(l.batch(), r.batch());
                    firstMatches.merge(l, batch, Math::min);
                    firstMatches.merge(r, batch, Math::min);
                    rows.add(new Row(values, batch));
                }
            }
        }
        if (type.equals("left_semi") || type.equals("left_anti")) {
            List<Row> ofLeft = left.rows().stream()
                    .filter(row -> firstMatches.containsKey(row) == type.equals("left_semi"))
                    .map(row -> new Row(row.values(), firstMatches.getOrDefault(row, row.batch())))
                    .toList();
            return new Relation(left.columns(), ofLeft);
        }
        if (type.equals("left_outer") || type.equals("full_outer")) {
            alone(node, 0, left, firstMatches, upTo)
                    .forEach(row -> rows.add(
                            padded(row, 0, columns.size() - row.values().size())));
        }
        if (type.equals("right_outer") || type.equals("full_outer")) {
            alone(node, 1, right, firstMatches, upTo)
                    .forEach(row ->
                            rows.add(padded(row, columns.size() - row.values().size(), 0)));
        }
        return new Relation(columns, rows);
    }

    /** The rows of one side that are not late. */
    private Relation accepted(Node node, int side, int upTo) {
        Relation all = sided(node, side, upTo);
        int time = all.eventTime();
        return time < 0 || !stateful(node)
                ? all
                : all.where(row -> row.values().get(time) == null
                        || Times.ofEvent(row.values().get(time))
                                > behind(
                                                node.in().get(side),
                                                frames.get(row.batch()).late())
                                        * 1000);
    }

    /** The rows of one side that met none, with the batch in which it is known that they never will. */
    private List<Row> alone(Node node, int side, Relation all, IdentityHashMap<Row, Integer> met, int upTo) {
        JoinSide closing = stateful(node) ? side(node, side) : null;
        List<Row> rows = new ArrayList<>();
        for (Row row : all.rows()) {
            if (met.containsKey(row)) {
                continue;
            }
            for (int batch = Math.max(0, row.batch()); batch <= upTo; batch++) {
                long watermark =
                        behind(node.in().get(1 - side), frames.get(batch).watermark());
                if (closing == null || closing.closed(row.values(), watermark)) {
                    rows.add(new Row(row.values(), batch));
                    break;
                }
            }
        }
        return rows;
    }

    private static Row padded(Row row, int before, int behind) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < before; i++) {
            values.add(null);
        }
        values.addAll(row.values());
        for (int i = 0; i < behind; i++) {
            values.add(null);
        }
        return new Row(values, row.batch());
    }

    /** The inputs that have rows of a batch in a step. */
    boolean brings(int step) {
        return inputs.values().stream()
                .filter(input -> !input.fixed())
                .anyMatch(input -> !structuredCase.rows(step, input.name()).isEmpty());
    }

    /** The greatest event time, in ms, that a batch brings to a watermark; null if it brings none. */
    Long latest(Node watermark, int batch) {
        Relation in = rows(watermark.in().get(0), batch);
        int place = in.place(watermark.text("column"));
        List<JsonNode> conditions = Pushdown.below(watermark, nodes.values());
        return in.rows().stream()
                .filter(row -> row.batch() == batch)
                .filter(row -> conditions.stream()
                        .allMatch(condition -> Boolean.TRUE.equals(
                                new Scalars(path -> in.find(path).in(row.values())).value(condition))))
                .map(row -> row.values().get(place))
                .filter(Objects::nonNull)
                .map(value -> Math.floorDiv(Times.ofEvent(value), 1000L))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
