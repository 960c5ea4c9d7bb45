// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.table.Column;
import io.millrace.table.Functions;
import io.millrace.table.Table;
import io.millrace.table.conformance.StructuredCase.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a table by calls of the public API, one operator after the other. */
final class OperatorList {

    private final Map<String, Table> sources;
    private final Map<String, Table> tables = new HashMap<>();
    private Table last;

    OperatorList(Map<String, Table> sources) {
        this.sources = sources;
    }

    /** Adds an operator. */
    void add(Node node) {
        last = table(node);
        tables.put(node.id(), last);
    }

    /** The table of the last operator. */
    Table last() {
        return last;
    }

    private Table table(Node node) {
        if (node.op().equals("source")) {
            return sources.get(node.text("name"));
        }
        Table in = tables.get(node.in().get(0));
        return switch (node.op()) {
            case "withWatermark" -> in.withWatermark(node.text("column"), node.text("delay"));
            case "select" -> in.select(columns(node, "exprs"));
            case "where" -> in.where(column(node.json().get("cond")));
            case "withColumn" ->
                in.withColumn(node.text("name"), column(node.json().get("expr")));
            case "groupBy" -> grouped(in, node);
            case "dropDuplicates" -> in.dropDuplicates(names(node));
            case "dropDuplicatesWithinWatermark" -> in.dropDuplicatesWithinWatermark(names(node));
            case "distinct" -> in.distinct();
            case "join" ->
                in.as("L")
                        .join(
                                tables.get(node.in().get(1)).as("R"),
                                column(node.json().get("cond")),
                                node.text("type"));
            case "union" -> {
                Table all = in;
                for (String other : node.in().subList(1, node.in().size())) {
                    all = all.union(tables.get(other));
                }
                yield all;
            }
            case "orderBy" ->
                in.orderBy(node.list("exprs").stream().map(OperatorList::order).toArray(Column[]::new));
            case "limit" -> in.limit(node.json().get("n").intValue());
            default -> throw new UnsupportedCaseException("the operator " + node.op());
        };
    }

    private static Table grouped(Table in, Node node) {
        List<JsonNode> aggregates = node.list("aggs");
        Column first = column(aggregates.get(0));
        Column[] more = aggregates.subList(1, aggregates.size()).stream()
                .map(OperatorList::column)
                .toArray(Column[]::new);
        return node.list("keys").isEmpty()
                ? in.agg(first, more)
                : in.groupBy(columns(node, "keys")).agg(first, more);
    }

    private static String[] names(Node node) {
        return node.json().path("columns").isArray()
                ? node.list("columns").stream().map(JsonNode::textValue).toArray(String[]::new)
                : new String[0];
    }

    private static Column[] columns(Node node, String list) {
        return node.list(list).stream().map(OperatorList::column).toArray(Column[]::new);
    }

    private static Column column(JsonNode expression) {
        return Functions.expr(expression.get("sql").textValue());
    }

    private static Column order(JsonNode expression) {
        String sql = expression.get("sql").textValue();
        boolean descending = expression.path("desc").booleanValue();
        return descending
                ? Functions.expr(sql.replaceFirst("(?i)\\s+desc$", "")).desc()
                : Functions.expr(sql).asc();
    }
}
