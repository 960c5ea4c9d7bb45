// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.table.conformance.StructuredCase.Node;
import io.millrace.table.conformance.naive.Relation.Column;
import io.millrace.table.conformance.naive.Relation.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToLongFunction;

/** The groups of a {@code groupBy}, with all their rows. */
final class Groups {

    private final Node node;
    private final Relation in;
    private final boolean append;
    private final boolean complete;
    private final IntToLongFunction late;
    private final IntToLongFunction closed;

    /**
     * Groups of rows.
     *
     * @param late what is late in a batch, in microseconds
     * @param closed what a batch closes, in microseconds
     */
    Groups(Node node, Relation in, String mode, IntToLongFunction late, IntToLongFunction closed) {
        this.node = node;
        this.in = in;
        this.append = mode.equals("append");
        this.complete = mode.equals("complete");
        this.late = late;
        this.closed = closed;
    }

    /** One row per group, as of a batch. */
    Relation relation(int upTo) {
        List<Column> columns = new ArrayList<>();
        List<JsonNode> keys = asts("keys");
        List<JsonNode> aggregates = asts("aggs");
        node.list("keys").forEach(key -> columns.add(column(key)));
        node.list("aggs").forEach(agg -> columns.add(new Column("", Naming.of(agg), false)));
        List<Row> rows = new ArrayList<>();
        if (keys.stream().anyMatch(key -> calls(key, "session_window"))) {
            sessions(keys, upTo).forEach(group -> rows.add(group.row(aggregates)));
        } else {
            groups(keys).forEach(group -> {
                int batch = append ? closing(group, columns, upTo) : group.lastChange();
                if (batch >= 0 || keys.isEmpty()) {
                    rows.add(new Row(group.row(aggregates).values(), batch));
                }
            });
        }
        return new Relation(columns, rows);
    }

    private List<JsonNode> asts(String list) {
        return node.list(list).stream().map(element -> element.get("ast")).toList();
    }

    private Column column(JsonNode key) {
        JsonNode tree = Naming.bare(key.get("ast"));
        boolean eventTime = false;
        if (tree.has("col")) {
            Relation.Found found = in.find(tree.get("col").textValue());
            eventTime =
                    found.fields().isEmpty() && in.columns().get(found.place()).eventTime();
        } else if (calls(tree, "window") || calls(tree, "session_window")) {
            JsonNode time = tree.get("args").get(0);
            eventTime = time.has("col")
                    && in.columns()
                            .get(in.find(time.get("col").textValue()).place())
                            .eventTime();
        }
        return new Column("", Naming.of(key), eventTime);
    }

    private static boolean calls(JsonNode tree, String function) {
        return Naming.bare(tree).path("call").asText().equals(function);
    }

    private final class Group {

        private final List<Object> key;
        private final List<Row> rows = new ArrayList<>();

        Group(List<Object> key) {
            this.key = key;
        }

        int lastChange() {
            return rows.stream().mapToInt(Row::batch).max().orElse(-1);
        }

        Row row(List<JsonNode> aggregates) {
            Aggregates values = new Aggregates(rows.stream()
                    .map(row -> (Function<String, Object>) path -> in.find(path).in(row.values()))
                    .toList());
            List<Object> all = new ArrayList<>(key);
            aggregates.forEach(aggregate -> all.add(values.value(aggregate)));
            return new Row(all, lastChange());
        }
    }

    private List<Group> groups(List<JsonNode> keys) {
        Map<List<Object>, Group> groups = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            groups.put(List.of(), new Group(List.of()));
        }
        for (Row row : in.rows()) {
            for (List<Object> key : keysOf(row, keys)) {
                if (!isLate(key, row.batch())) {
                    groups.computeIfAbsent(key, Group::new).rows.add(row);
                }
            }
        }
        return List.copyOf(groups.values());
    }

    private List<List<Object>> keysOf(Row row, List<JsonNode> keys) {
        Scalars scalars = new Scalars(path -> in.find(path).in(row.values()));
        List<List<Object>> all = new ArrayList<>(List.of(List.of()));
        for (JsonNode key : keys) {
            List<Object> values = new ArrayList<>();
            if (calls(key, "window")) {
                JsonNode args = Naming.bare(key).get("args");
                Object time = scalars.value(args.get(0));
                List<Long> durations = new ArrayList<>();
                for (int i = 1; i < args.size(); i++) {
                    durations.add(Times.duration((String) scalars.value(args.get(i))));
                }
                if (time != null) {
                    values.addAll(Times.windows(Times.ofEvent(time) - (time instanceof Map ? 1 : 0), durations));
                }
            } else {
                values.add(scalars.value(key));
            }
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> prefix : all) {
                for (Object value : values) {
                    List<Object> one = new ArrayList<>(prefix);
                    one.add(value);
                    longer.add(one);
                }
            }
            all = longer;
        }
        return all;
    }

    private boolean isLate(List<Object> key, int batch) {
        List<JsonNode> keys = node.list("keys");
        for (int i = 0; i < keys.size() && !complete && batch >= 0; i++) {
            if (column(keys.get(i)).eventTime() && key.get(i) != null) {
                return Times.ofEvent(key.get(i)) <= late.applyAsLong(batch);
            }
        }
        return false;
    }

    /** The batch that closes a group, or -1. */
    private int closing(Group group, List<Column> columns, int upTo) {
        for (int i = 0; i < group.key.size(); i++) {
            if (columns.get(i).eventTime() && group.key.get(i) != null) {
                for (int batch = Math.max(0, group.lastChange()); batch <= upTo; batch++) {
                    if (Times.ofEvent(group.key.get(i)) <= closed.applyAsLong(batch)) {
                        return batch;
                    }
                }
            }
        }
        return -1;
    }

    // ---- sessions ----

    private record Span(List<Object> others, long start, long end, Row row) {}

    private List<Group> sessions(List<JsonNode> keys, int upTo) {
        List<Span> live = new ArrayList<>();
        List<Group> done = new ArrayList<>();
        for (int batch = -1; batch <= upTo; batch++) {
            for (Row row : in.rows()) {
                if (row.batch() == batch) {
                    span(row, keys)
                            .filter(span -> row.batch() < 0 || span.end > late.applyAsLong(row.batch()))
                            .ifPresent(live::add);
                }
            }
            for (List<Span> session : append && batch >= 0 ? merged(live) : List.<List<Span>>of()) {
                long end = session.stream().mapToLong(Span::end).max().orElseThrow();
                if (end <= closed.applyAsLong(batch)) {
                    int at = batch;
                    Group group = group(session, keys);
                    group.rows.replaceAll(row -> new Row(row.values(), at));
                    done.add(group);
                    live.removeAll(session);
                }
            }
        }
        if (!append) {
            merged(live).forEach(session -> done.add(group(session, keys)));
        }
        return done;
    }

    private Optional<Span> span(Row row, List<JsonNode> keys) {
        Scalars scalars = new Scalars(path -> in.find(path).in(row.values()));
        List<Object> others = new ArrayList<>();
        Long start = null;
        long gap = 0;
        for (JsonNode key : keys) {
            if (calls(key, "session_window")) {
                JsonNode args = Naming.bare(key).get("args");
                start = Times.ofEvent(scalars.value(args.get(0)));
                gap = Times.duration((String) scalars.value(args.get(1)));
            } else {
                others.add(scalars.value(key));
            }
        }
        return start == null || gap <= 0 ? Optional.empty() : Optional.of(new Span(others, start, start + gap, row));
    }

    /** Spans of equal keys that touch or overlap. */
    private static List<List<Span>> merged(List<Span> spans) {
        Map<List<Object>, List<Span>> byKey = new LinkedHashMap<>();
        spans.forEach(span ->
                byKey.computeIfAbsent(span.others, others -> new ArrayList<>()).add(span));
        List<List<Span>> sessions = new ArrayList<>();
        for (List<Span> ofKey : byKey.values()) {
            ofKey.sort(Comparator.comparingLong(Span::start));
            long end = Long.MIN_VALUE;
            for (Span span : ofKey) {
                if (sessions.isEmpty() || end == Long.MIN_VALUE || span.start > end) {
                    sessions.add(new ArrayList<>());
                    end = span.end;
                }
                sessions.get(sessions.size() - 1).add(span);
                end = Math.max(end, span.end);
            }
        }
        return sessions;
    }

    private Group group(List<Span> session, List<JsonNode> keys) {
        long start = session.stream().mapToLong(Span::start).min().orElseThrow();
        long end = session.stream().mapToLong(Span::end).max().orElseThrow();
        List<Object> values = new ArrayList<>();
        int other = 0;
        for (JsonNode key : keys) {
            values.add(
                    calls(key, "session_window")
                            ? Times.window(start, end)
                            : session.get(0).others.get(other++));
        }
        Group group = new Group(values);
        session.forEach(span -> group.rows.add(span.row));
        return group;
    }
}
