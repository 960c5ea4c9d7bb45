// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static io.millrace.conformance.UnaryFunctions.pair;

import io.millrace.operator.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The operators that look at one batch, in the plainest way. */
final class ReferenceOperators {

    private ReferenceOperators() {}

    /** What an operator makes of one batch. */
    static List<Object> one(Program.Node node, long millis, List<Object> records) {
        return switch (node.op()) {
            case "map" -> map(records, UnaryFunctions.of(node.fn()));
            case "flatMap" -> flatMap(records, node.fn());
            case "filter" -> records.stream().filter(Predicates.of(node.fn())).toList();
            case "mapPartitions" -> ListFunctions.of(node.fn()).apply(records);
            case "glom" -> List.of(NaturalOrder.sorted(records));
            case "count" -> List.of((long) records.size());
            case "reduce" -> reduce(records, BinaryFunctions.of(node.fn()));
            case "countByValue" -> reduceByKey(map(records, x -> Pair.of(x, 1L)), BinaryFunctions::plus);
            case "repartition" -> records;
            case "transform" -> transform(node, millis, records);
            default -> byKey(node, records);
        };
    }

    private static List<Object> byKey(Program.Node node, List<Object> records) {
        return switch (node.op()) {
            case "reduceByKey" -> reduceByKey(records, BinaryFunctions.of(node.fn()));
            case "groupByKey" -> groupByKey(records);
            case "combineByKey" -> combineByKey(records, Combining.of(node.fn()));
            case "mapValues" -> {
                UnaryOperator<Object> function = UnaryFunctions.of(node.fn());
                yield map(records, x -> Pair.of(pair(x).key(), function.apply(pair(x).value())));
            }
            case "flatMapValues" -> flatMapValues(records, node.fn());
            default -> throw new UnsupportedProgramException("there is no operator " + node.op());
        };
    }

    /** What an operator makes of two batches. */
    static List<Object> two(Program.Node node, long millis, List<Object> left, List<Object> right) {
        return switch (node.op()) {
            case "transformWith" -> BatchFunctions.two(node.fn()).apply(millis, left, right);
            case "cogroup" -> cogroup(left, right);
            default -> join(node.op(), left, right);
        };
    }

    static List<Object> map(List<Object> records, UnaryOperator<Object> function) {
        List<Object> results = new ArrayList<>();
        records.forEach(record -> results.add(function.apply(record)));
        return results;
    }

    static List<Object> reduce(List<Object> records, BinaryOperator<Object> function) {
        return new ArrayList<>(values(reduceByKey(map(records, x -> Pair.of(1L, x)), function)));
    }

    static List<Object> values(List<Object> pairs) {
        return map(pairs, x -> pair(x).value());
    }

    static List<Object> reduceByKey(List<Object> records, BinaryOperator<Object> function) {
        return combineByKey(records, new Combining(UnaryOperator.identity(), function, function));
    }

    static List<Object> groupByKey(List<Object> records) {
        return map(pairs(grouped(records)), x -> Pair.of(pair(x).key(), sortedList(pair(x).value())));
    }

    /** The values of each key, in order. */
    static Map<Object, List<Object>> grouped(List<Object> records) {
        Map<Object, List<Object>> grouped = new LinkedHashMap<>();
        for (Object record : records) {
            grouped.computeIfAbsent(pair(record).key(), key -> new ArrayList<>())
                    .add(pair(record).value());
        }
        return grouped;
    }

    /** The entries of a map as records. */
    static List<Object> pairs(Map<Object, ?> map) {
        List<Object> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(Pair.of(key, value)));
        return pairs;
    }

    private static List<Object> sortedList(Object list) {
        return NaturalOrder.sorted((List<?>) list);
    }

    private static List<Object> flatMap(List<Object> records, FunctionSpec spec) {
        List<Object> results = new ArrayList<>();
        var function = FlatFunctions.of(spec);
        records.forEach(record -> results.addAll(function.apply(record)));
        return results;
    }

    private static List<Object> flatMapValues(List<Object> records, FunctionSpec spec) {
        List<Object> results = new ArrayList<>();
        var function = FlatFunctions.of(spec);
        for (Object record : records) {
            function.apply(pair(record).value())
                    .forEach(value -> results.add(Pair.of(pair(record).key(), value)));
        }
        return results;
    }

    private static List<Object> combineByKey(List<Object> records, Combining combining) {
        Map<Object, Object> combined = new LinkedHashMap<>();
        for (Object record : records) {
            Object key = pair(record).key();
            Object value = pair(record).value();
            combined.put(
                    key,
                    combined.containsKey(key)
                            ? combining.mergeValue().apply(combined.get(key), value)
                            : combining.create().apply(value));
        }
        return pairs(combined);
    }

    private static List<Object> transform(Program.Node node, long millis, List<Object> records) {
        List<Object> result = BatchFunctions.one(node.fn()).apply(millis, records);
        if (result == null) {
            throw new GenerationFailedException("the function of a transform must not return null");
        }
        return result;
    }

    private static List<Object> cogroup(List<Object> left, List<Object> right) {
        Map<Object, List<Object>> lefts = grouped(left);
        Map<Object, List<Object>> rights = grouped(right);
        List<Object> results = new ArrayList<>();
        for (Object key : keys(lefts, rights)) {
            results.add(Pair.of(
                    key,
                    Pair.of(
                            NaturalOrder.sorted(lefts.getOrDefault(key, List.of())),
                            NaturalOrder.sorted(rights.getOrDefault(key, List.of())))));
        }
        return results;
    }

    private static List<Object> join(String op, List<Object> left, List<Object> right) {
        boolean leftOptional = op.equals("rightOuterJoin") || op.equals("fullOuterJoin");
        boolean rightOptional = op.equals("leftOuterJoin") || op.equals("fullOuterJoin");
        if (!leftOptional && !rightOptional && !op.equals("join")) {
            throw new UnsupportedProgramException("there is no operator " + op);
        }
        Map<Object, List<Object>> lefts = grouped(left);
        Map<Object, List<Object>> rights = grouped(right);
        List<Object> results = new ArrayList<>();
        for (Object key : keys(lefts, rights)) {
            for (Object one : side(lefts.get(key), leftOptional)) {
                for (Object other : side(rights.get(key), rightOptional)) {
                    results.add(Pair.of(key, Pair.of(one, other)));
                }
            }
        }
        return results;
    }

    private static List<Object> side(List<Object> values, boolean optional) {
        if (!optional) {
            return values == null ? List.of() : values;
        }
        return values == null ? List.of(Optional.empty()) : map(values, Optional::ofNullable);
    }

    private static Set<Object> keys(Map<Object, ?> left, Map<Object, ?> right) {
        Set<Object> keys = new LinkedHashSet<>(left.keySet());
        keys.addAll(right.keySet());
        return keys;
    }
}
