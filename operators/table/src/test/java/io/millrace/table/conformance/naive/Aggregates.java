// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.table.conformance.UnsupportedCaseException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Aggregates of the rows of one group, each computed from all of them. */
final class Aggregates {

    private static final Set<String> NAMES = Set.of(
            "count",
            "sum",
            "avg",
            "mean",
            "min",
            "max",
            "collect_list",
            "collect_set",
            "count_if",
            "bool_and",
            "bool_or",
            "max_by",
            "min_by",
            "approx_count_distinct",
            "stddev",
            "stddev_samp",
            "stddev_pop",
            "variance",
            "var_samp",
            "var_pop",
            "first",
            "last");

    private final List<Function<String, Object>> rows;

    /** Aggregates over rows, each a function from a path to a value. */
    Aggregates(List<Function<String, Object>> rows) {
        this.rows = rows;
    }

    /** The value of a tree that may contain aggregates; what is outside of them is taken from the first row. */
    Object value(JsonNode tree) {
        Map<String, Object> found = new HashMap<>();
        JsonNode outside = replaced(tree, found);
        return new Scalars(path -> {
                    if (found.containsKey(path)) {
                        return found.get(path);
                    }
                    return rows.isEmpty() ? null : rows.get(0).apply(path);
                })
                .value(outside);
    }

    private JsonNode replaced(JsonNode tree, Map<String, Object> found) {
        if (tree.path("op").asText().equals("aggregateexpression")) {
            return replaced(tree.get("args").get(0), found);
        }
        if (NAMES.contains(name(tree))) {
            String name = "#" + found.size();
            found.put(name, aggregate(tree));
            return JsonNodeFactory.instance.objectNode().put("col", name);
        }
        if (tree instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(entry -> copy.set(entry.getKey(), replaced(entry.getValue(), found)));
            return copy;
        }
        if (tree.isArray()) {
            var copy = JsonNodeFactory.instance.arrayNode();
            tree.forEach(element -> copy.add(replaced(element, found)));
            return copy;
        }
        return tree;
    }

    private static String name(JsonNode tree) {
        return tree.has("call") ? tree.get("call").textValue() : tree.path("op").asText();
    }

    private Object aggregate(JsonNode call) {
        List<List<Object>> arguments = new ArrayList<>();
        for (Function<String, Object> row : rows) {
            Scalars scalars = new Scalars(row);
            if (!call.has("filter") || Boolean.TRUE.equals(scalars.value(call.get("filter")))) {
                List<Object> values = new ArrayList<>();
                call.get("args").forEach(argument -> values.add(scalars.value(argument)));
                arguments.add(values);
            }
        }
        if (call.path("distinct").booleanValue()) {
            arguments = new ArrayList<>(new LinkedHashSet<>(arguments));
        }
        String name = name(call);
        if (name.equals("first") || name.equals("last")) {
            List<Object> all = new ArrayList<>();
            arguments.stream()
                    .filter(row -> row.size() < 2 || row.get(0) != null)
                    .forEach(row -> all.add(row.get(0)));
            return all.isEmpty() ? null : all.get(name.equals("first") ? 0 : all.size() - 1);
        }
        if (name.endsWith("_by")) {
            return by(arguments, name.equals("max_by"));
        }
        List<Object> values = arguments.stream()
                .filter(row -> row.stream().noneMatch(Objects::isNull))
                .map(row -> row.get(0))
                .toList();
        return of(name, values);
    }

    private static Object of(String name, List<Object> values) {
        return switch (name) {
            case "count" -> (long) values.size();
            case "count_if" -> values.stream().filter(Boolean.TRUE::equals).count();
            case "sum" -> sum(values);
            case "avg", "mean" -> values.isEmpty() ? null : mean(values);
            case "min" -> values.stream().min(Scalars.ALL).orElse(null);
            case "max" -> values.stream().max(Scalars.ALL).orElse(null);
            case "collect_list" -> new ArrayList<>(values);
            case "collect_set" -> new ArrayList<>(new LinkedHashSet<>(values));
            case "approx_count_distinct" -> (long) new HashSet<>(values).size();
            case "bool_and" -> values.isEmpty() ? null : (Object) !values.contains(false);
            case "bool_or" -> values.isEmpty() ? null : (Object) values.contains(true);
            case "stddev", "stddev_samp" -> root(variance(values, 1));
            case "stddev_pop" -> root(variance(values, 0));
            case "variance", "var_samp" -> variance(values, 1);
            case "var_pop" -> variance(values, 0);
            default -> throw new UnsupportedCaseException("the aggregate " + name);
        };
    }

    private static Object sum(List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        if (values.get(0) instanceof Long) {
            return values.stream().mapToLong(value -> (Long) value).reduce(0, Math::addExact);
        }
        if (values.get(0) instanceof Double) {
            return values.stream().mapToDouble(value -> (Double) value).sum();
        }
        if (values.get(0) instanceof BigDecimal) {
            return values.stream().map(value -> (BigDecimal) value).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
        throw new UnsupportedCaseException("a sum of " + values.get(0));
    }

    private static double mean(List<Object> values) {
        if (values.get(0) instanceof BigDecimal) {
            throw new UnsupportedCaseException("an average of decimals");
        }
        return values.stream()
                        .mapToDouble(value -> ((Number) value).doubleValue())
                        .sum()
                / values.size();
    }

    private static Double variance(List<Object> values, int less) {
        if (values.size() <= less) {
            return null;
        }
        double mean = mean(values);
        return values.stream()
                        .mapToDouble(value -> Math.pow(((Number) value).doubleValue() - mean, 2))
                        .sum()
                / (values.size() - less);
    }

    private static Double root(Double value) {
        return value == null ? null : Math.sqrt(value);
    }

    /** The first column where the second is greatest or least. */
    private static Object by(List<List<Object>> rows, boolean greatest) {
        return rows.stream()
                .filter(row -> row.get(1) != null)
                .reduce((a, b) -> {
                    int order = Scalars.ALL.compare(b.get(1), a.get(1));
                    return (greatest ? order > 0 : order < 0) ? b : a;
                })
                .map(row -> row.get(0))
                .orElse(null);
    }
}
