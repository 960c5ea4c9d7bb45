// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.table.conformance.naive.Relation.Column;
import io.millrace.table.conformance.naive.Relation.Row;
import java.util.ArrayList;
import java.util.List;

/** New columns from the old. */
final class Projection {

    private Projection() {}

    /** The columns of a {@code select}; {@code explode} gives a row per element. */
    static Relation select(Relation in, List<JsonNode> expressions) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode expression : expressions) {
            if (star(expression)) {
                columns.addAll(in.columns());
            } else {
                columns.add(new Column("", Naming.of(expression), eventTime(in, expression.get("ast"))));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Row row : in.rows()) {
            List<List<Object>> all = new ArrayList<>(List.of(new ArrayList<>()));
            for (JsonNode expression : expressions) {
                all = star(expression) ? appended(all, row.values()) : appended(all, in, row, expression.get("ast"));
            }
            all.forEach(values -> rows.add(new Row(values, row.batch())));
        }
        return new Relation(columns, rows);
    }

    /** All columns, one of them new or replaced. */
    static Relation withColumn(Relation in, String name, JsonNode expression) {
        List<Column> columns = new ArrayList<>(in.columns());
        int place = 0;
        while (place < columns.size() && !columns.get(place).is(name)) {
            place++;
        }
        int at = place;
        Column column = new Column("", name, eventTime(in, expression.get("ast")));
        if (at == columns.size()) {
            columns.add(column);
        } else {
            columns.set(at, column);
        }
        List<Row> rows = new ArrayList<>();
        for (Row row : in.rows()) {
            List<Object> values = new ArrayList<>(row.values());
            Object value = scalars(in, row).value(expression.get("ast"));
            if (at == values.size()) {
                values.add(value);
            } else {
                values.set(at, value);
            }
            rows.add(new Row(values, row.batch()));
        }
        return new Relation(columns, rows);
    }

    private static boolean star(JsonNode expression) {
        return expression.get("ast").has("star");
    }

    private static Scalars scalars(Relation in, Row row) {
        return new Scalars(path -> in.find(path).in(row.values()));
    }

    private static List<List<Object>> appended(List<List<Object>> all, Relation in, Row row, JsonNode tree) {
        JsonNode bare = Naming.bare(tree);
        List<Object> values = new ArrayList<>();
        if (bare.path("call").asText().equals("explode")) {
            Object elements = scalars(in, row).value(bare.get("args").get(0));
            values.addAll(elements == null ? List.of() : (List<?>) elements);
        } else {
            values.add(scalars(in, row).value(tree));
        }
        List<List<Object>> longer = new ArrayList<>();
        for (Object value : values) {
            List<Object> one = new ArrayList<>();
            one.add(value);
            longer.addAll(appended(all, one));
        }
        return longer;
    }

    private static List<List<Object>> appended(List<List<Object>> all, List<Object> values) {
        List<List<Object>> longer = new ArrayList<>();
        for (List<Object> prefix : all) {
            List<Object> one = new ArrayList<>(prefix);
            one.addAll(values);
            longer.add(one);
        }
        return longer;
    }

    /** Whether a column carries the watermark on: only one that is taken as it is, or the time of a window. */
    private static boolean eventTime(Relation in, JsonNode tree) {
        JsonNode bare = Naming.bare(tree);
        if (bare.path("call").asText().equals("window_time")) {
            return eventTime(in, bare.get("args").get(0));
        }
        if (!bare.has("col")) {
            return false;
        }
        Relation.Found found = in.find(bare.get("col").textValue());
        return found.fields().isEmpty() && in.columns().get(found.place()).eventTime();
    }
}
