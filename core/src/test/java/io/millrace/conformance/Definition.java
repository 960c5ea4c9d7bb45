// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import io.millrace.StreamingContext;
import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.MapWithStateDStream;
import io.millrace.stream.PairDStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Defines the streams of a program by calls of the public API, one node after the other. */
final class Definition {

    private final Map<String, DStream<Object>> streams = new HashMap<>();
    private final Map<String, MapWithStateDStream<Object, Object, Object>> states = new HashMap<>();

    /** Makes an input known. */
    void input(String id, DStream<Object> stream) {
        streams.put(id, stream);
    }

    /** The stream of an input or of a node. */
    DStream<Object> stream(String id) {
        return streams.get(id);
    }

    /**
     * Defines the stream of a node.
     *
     * @throws UnsupportedProgramException if the language has no such operator or function
     */
    void node(Program.Node node, StreamingContext context) {
        streams.put(node.id(), defined(node, context));
    }

    /** Tells the stream of a node how often to write checkpoints. */
    void checkpoint(Program.Node node, Duration interval) {
        if (states.containsKey(node.id())) {
            states.get(node.id()).checkpoint(interval);
        } else {
            stream(node.id()).checkpoint(interval);
        }
    }

    private DStream<Object> defined(Program.Node node, StreamingContext context) {
        DStream<Object> in = stream(node.only());
        return switch (node.op()) {
            case "union" -> union(node, context);
            case "transformWith" -> RecordOps.transformWith(in, stream(node.in().get(1)), node);
            case "join", "leftOuterJoin", "rightOuterJoin", "fullOuterJoin", "cogroup" ->
                PairOps.joined(node.op(), pairs(in), pairs(stream(node.in().get(1))));
            case "reduceByKey", "groupByKey", "combineByKey", "mapValues", "flatMapValues" ->
                PairOps.define(pairs(in), node);
            case "window",
                    "reduceByWindow",
                    "countByWindow",
                    "countByValueAndWindow",
                    "reduceByKeyAndWindow",
                    "groupByKeyAndWindow" -> WindowOps.define(in, node);
            case "updateStateByKey" -> StateOps.updateStateByKey(pairs(in), node);
            case "mapWithState" -> {
                MapWithStateDStream<Object, Object, Object> mapped = StateOps.mapWithState(pairs(in), node);
                states.put(node.id(), mapped);
                yield mapped;
            }
            case "stateSnapshots" -> any(states.get(node.only()).stateSnapshots());
            default -> RecordOps.define(in, node);
        };
    }

    private DStream<Object> union(Program.Node node, StreamingContext context) {
        List<DStream<Object>> others = new ArrayList<>();
        node.in().subList(1, node.in().size()).forEach(id -> others.add(stream(id)));
        if (others.size() == 1) {
            return stream(node.only()).union(others.get(0));
        }
        @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of DStream<Object>
        DStream<Object>[] array = others.toArray(new DStream[0]);
        return context.union(stream(node.only()), array);
    }

    /** A stream of whatever records, taken as one of any. */
    @SuppressWarnings("unchecked")
    static DStream<Object> any(DStream<?> stream) {
        return (DStream<Object>) stream;
    }

    /** A stream of records that are pairs, taken as one of pairs. */
    @SuppressWarnings("unchecked")
    static PairDStream<Object, Object> pairs(DStream<Object> stream) {
        return new PairDStream<>((DStream<Pair<Object, Object>>) (DStream<?>) stream);
    }
}
