// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.table.conformance.StructuredCase.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which conditions above a watermark Spark's optimiser moves below it, so that rows that do not fulfil them do not move it: filters that do
 * not look at the event time, and that the key of a join is not null where a null could not match.
 */
final class Pushdown {

    private static final Set<String> COMPARISONS = Set.of("=", "<", "<=", ">", ">=");

    private Pushdown() {}

    /** The conditions that the rows of a watermark fulfil before it sees them. */
    static List<JsonNode> below(Node watermark, Collection<Node> nodes) {
        String time = watermark.text("column");
        List<JsonNode> conditions = new ArrayList<>();
        Optional<Node> above = consumer(watermark, nodes);
        String from = watermark.id();
        while (above.isPresent()) {
            Node node = above.get();
            switch (node.op()) {
                case "where" ->
                    JoinSide.conjuncts(node.json().get("cond").get("ast")).stream()
                            .filter(condition -> !condition.toString().contains("\"col\":\"" + time + "\""))
                            .forEach(conditions::add);
                case "union", "withColumn" -> {}
                case "join" -> {
                    conditions.addAll(keys(node, node.in().get(0).equals(from) ? "L" : "R", time));
                    return conditions;
                }
                default -> {
                    return conditions;
                }
            }
            from = node.id();
            above = consumer(node, nodes);
        }
        return conditions;
    }

    private static Optional<Node> consumer(Node node, Collection<Node> nodes) {
        return nodes.stream().filter(each -> each.in().contains(node.id())).findFirst();
    }

    private static List<JsonNode> keys(Node join, String side, String time) {
        Set<String> preserving = side.equals("L")
                ? Set.of("left_outer", "full_outer", "left_anti")
                : Set.of("right_outer", "full_outer");
        List<JsonNode> conditions = new ArrayList<>();
        if (!preserving.contains(join.text("type"))) {
            for (JsonNode conjunct : JoinSide.conjuncts(join.json().get("cond").get("ast"))) {
                if (COMPARISONS.contains(conjunct.path("op").asText())) {
                    conjunct.get("args").forEach(argument -> {
                        String path = argument.path("col").asText();
                        if (path.startsWith(side + ".") && !path.equals(side + "." + time)) {
                            conditions.add(notNull(path.substring(2)));
                        }
                    });
                }
            }
        }
        return conditions;
    }

    private static JsonNode notNull(String column) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return json.objectNode()
                .put("op", "isnotnull")
                .set("args", json.arrayNode().add(json.objectNode().put("col", column)));
    }
}
