// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import io.millrace.operator.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** A node of a program as {@link Reference} runs it: what it does at a time, and the state it keeps. */
final class ReferenceNode {

    private final Program.Node node;
    private final long parentSlide;
    private final long sweepMillis;
    private final ReferenceStates states;
    private final ReferenceWindow window;

    private ReferenceNode(Program.Node node, long parentSlide, long sweepMillis) {
        this.node = node;
        this.parentSlide = parentSlide;
        this.sweepMillis = sweepMillis;
        this.states = new ReferenceStates(node.initialState().orElse(List.of()));
        this.window = inverseWindow(node);
    }

    static ReferenceNode of(Program.Node node, long parentSlide, long slide) {
        return new ReferenceNode(
                node, parentSlide, node.millis("checkpointMillis").orElse(10 * slide));
    }

    /**
     * What it answers.
     *
     * @param time the batch time
     * @param sinceZero how long after zero time that is
     * @param in all that the nodes it reads have answered
     */
    ReferenceBatch answer(long time, long sinceZero, List<NavigableMap<Long, ReferenceBatch>> in) {
        return switch (node.op()) {
            case "union" ->
                ReferenceBatch.union(in.stream().map(parent -> parent.get(time)).toList());
            case "join", "leftOuterJoin", "rightOuterJoin", "fullOuterJoin", "cogroup", "transformWith" ->
                two(time, in.get(0).get(time), in.get(1).get(time));
            case "window",
                    "reduceByWindow",
                    "countByWindow",
                    "countByValueAndWindow",
                    "reduceByKeyAndWindow",
                    "groupByKeyAndWindow" -> windowed(in.get(0).subMap(time - node.windowMillis(), false, time, true));
            case "updateStateByKey" ->
                in.get(0).get(time).then(records -> states.updateByKey(time, records, UpdateFunctions.of(node.fn())));
            case "mapWithState" ->
                in.get(0)
                        .get(time)
                        .then(records -> states.mapWithState(
                                time,
                                records,
                                StateFunctions.of(node.fn()),
                                node.millis("timeoutMillis"),
                                sinceZero % sweepMillis == 0));
            default -> one(time, in.get(0).get(time));
        };
    }

    /** The state of all keys. */
    List<Object> snapshot() {
        return states.snapshot();
    }

    /** What Spark gets wrong here, as far as is known yet. */
    Optional<Flaw> flaw() {
        if (window == null) {
            return Optional.empty();
        } else if (node.millis("slideMillis").orElse(parentSlide) > node.windowMillis()) {
            return Optional.of(Flaw.GAP_RESIDUE);
        }
        return window.droppedEarly() ? Optional.of(Flaw.FORGOTTEN_KEY) : Optional.empty();
    }

    private ReferenceBatch one(long time, ReferenceBatch batch) {
        return batch.then(records -> ReferenceOperators.one(node, time, records));
    }

    private ReferenceBatch two(long time, ReferenceBatch left, ReferenceBatch right) {
        return left.failed()
                ? left
                : right.then(records -> ReferenceOperators.two(node, time, left.records(), records));
    }

    private ReferenceBatch windowed(SortedMap<Long, ReferenceBatch> batches) {
        if (node.op().equals("window")) {
            return ReferenceBatch.union(List.copyOf(batches.values()));
        }
        SortedMap<Long, List<Object>> perBatch = new TreeMap<>();
        for (var batch : batches.entrySet()) {
            ReferenceBatch pairs = batch.getValue().then(this::pairs);
            if (pairs.failed()) {
                return pairs;
            }
            perBatch.put(batch.getKey(), pairs.records());
        }
        return ReferenceBatch.of(List.of()).then(none -> aggregated(perBatch));
    }

    private List<Object> aggregated(SortedMap<Long, List<Object>> perBatch) {
        List<Object> answer = window != null ? window.move(perBatch) : whole(perBatch);
        return overAll() ? ReferenceOperators.values(answer) : answer;
    }

    private List<Object> whole(SortedMap<Long, List<Object>> perBatch) {
        List<Object> all = new ArrayList<>();
        if (node.op().equals("groupByKeyAndWindow")) {
            perBatch.values().forEach(all::addAll);
            return ReferenceOperators.groupByKey(all);
        }
        BinaryOperator<Object> function = BinaryFunctions.of(node.fn());
        perBatch.values().forEach(records -> all.addAll(ReferenceOperators.reduceByKey(records, function)));
        return ReferenceOperators.reduceByKey(all, function);
    }

    private List<Object> pairs(List<Object> records) {
        return switch (node.op()) {
            case "reduceByWindow" -> ReferenceOperators.map(records, record -> Pair.of(1L, record));
            case "countByWindow" -> ReferenceOperators.map(records, record -> Pair.of(1L, 1L));
            case "countByValueAndWindow" -> ReferenceOperators.map(records, record -> Pair.of(record, 1L));
            default -> records;
        };
    }

    private boolean overAll() {
        return node.op().equals("reduceByWindow") || node.op().equals("countByWindow");
    }

    private static ReferenceWindow inverseWindow(Program.Node node) {
        if (!node.inverseWindow()) {
            return null;
        }
        FunctionSpec plus = new FunctionSpec("plus", List.of());
        FunctionSpec minus = new FunctionSpec("minus", List.of());
        FunctionSpec filter =
                new FunctionSpec(node.op().equals("countByValueAndWindow") ? "valueNonZero" : "all", List.of());
        boolean counts = node.op().startsWith("count");
        return new ReferenceWindow(
                BinaryFunctions.of(counts ? plus : node.fn()),
                BinaryFunctions.of(counts ? minus : node.function("inverse").orElseThrow()),
                Predicates.of(node.function("filter").orElse(filter)));
    }
}
