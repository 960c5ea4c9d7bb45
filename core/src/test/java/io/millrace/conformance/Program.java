// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program and its input.
 *
 * @param id its name
 * @param batchMillis the batch interval
 * @param checkpoint whether Spark was given a checkpoint directory
 * @param batches how many batches to run
 * @param clockStart what the clock shows at the start
 * @param rememberMillis how long batches are remembered for slices; 0 if nothing is said
 * @param inputs the inputs
 * @param nodes the operators, each after those it reads
 * @param outputs the nodes or inputs that are outputs, in order
 * @param orderedOutput whether the order of the records of an output is defined
 * @param slices what is asked for after the last batch
 */
record Program(
        String id,
        long batchMillis,
        boolean checkpoint,
        int batches,
        long clockStart,
        long rememberMillis,
        List<Input> inputs,
        List<Node> nodes,
        List<String> outputs,
        boolean orderedOutput,
        List<Slice> slices) {

    /**
     * An input.
     *
     * @param id its name
     * @param batches its records, batch by batch; all further batches are empty
     */
    record Input(String id, List<List<Object>> batches) {

        /** The records of a batch, counted from 0. */
        List<Object> batch(int index) {
            return index < batches.size() ? batches.get(index) : List.of();
        }
    }

    /**
     * An operator.
     *
     * @param id its name
     * @param op what it does
     * @param in what it reads
     * @param params all that is said of it, as JSON
     */
    record Node(String id, String op, List<String> in, Map<String, Object> params) {

        /** The only or left stream it reads. */
        String only() {
            return in.get(0);
        }

        /** Its function. */
        FunctionSpec fn() {
            return FunctionSpec.fromJson(params.get("fn"));
        }

        /** Another function of it, if it has that. */
        Optional<FunctionSpec> function(String param) {
            return Optional.ofNullable(params.get(param)).map(FunctionSpec::fromJson);
        }

        /** A duration of it, if it has that. */
        Optional<Long> millis(String param) {
            return Optional.ofNullable((Long) params.get(param));
        }

        /** The length of its window. */
        long windowMillis() {
            return (Long) params.get("windowMillis");
        }

        /** The pairs its state begins with, if it has some. */
        Optional<List<Object>> initialState() {
            return Optional.ofNullable((List<?>) params.get("initialState")).map(Values::listFromJson);
        }

        /** Whether it keeps a window up to date by taking off what leaves. */
        boolean inverseWindow() {
            return params.containsKey("inverse") || op.equals("countByWindow") || op.equals("countByValueAndWindow");
        }

        /** Whether what it answers depends on all batches before. */
        boolean stateful() {
            return inverseWindow() || op.equals("updateStateByKey") || op.equals("mapWithState");
        }
    }

    /** Batches of a stream that are asked for. */
    record Slice(String of, long fromMillis, long toMillis) {}

    /** One interval before the first batch. */
    long zero() {
        return Math.floorDiv(clockStart, batchMillis) * batchMillis;
    }

    /** The program that a case in JSON describes. */
    static Program fromJson(Map<?, ?> json) {
        List<Input> inputs = new ArrayList<>();
        for (Map<?, ?> input : objects(json.get("inputs"))) {
            List<List<Object>> batches = new ArrayList<>();
            ((List<?>) input.get("batches")).forEach(batch -> batches.add(Values.listFromJson((List<?>) batch)));
            inputs.add(new Input((String) input.get("id"), batches));
        }
        List<Node> nodes = new ArrayList<>();
        for (Map<String, Object> node : objects(json.get("nodes"))) {
            nodes.add(new Node((String) node.get("id"), (String) node.get("op"), strings(node.get("in")), node));
        }
        List<Slice> slices = new ArrayList<>();
        for (Map<?, ?> slice : objects(json.get("slices"))) {
            slices.add(
                    new Slice((String) slice.get("of"), (Long) slice.get("fromMillis"), (Long) slice.get("toMillis")));
        }
        return new Program(
                (String) json.get("id"),
                (Long) json.get("batchMillis"),
                Boolean.TRUE.equals(json.get("checkpoint")),
                Math.toIntExact((Long) json.get("batches")),
                json.get("clockStart") instanceof Long start ? start : 0,
                json.get("rememberMillis") instanceof Long remember ? remember : 0,
                inputs,
                nodes,
                strings(json.get("outputs")),
                Boolean.TRUE.equals(json.get("orderedOutput")),
                slices);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> objects(Object json) {
        return json == null ? List.of() : (List<Map<String, Object>>) json;
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Object json) {
        return json == null ? List.of() : (List<String>) json;
    }
}
