// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static io.millrace.conformance.Definition.any;

import io.millrace.stream.DStream;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The operators over records of any kind. */
final class RecordOps {

    private RecordOps() {}

    /** The stream of a node over one other. */
    static DStream<Object> define(DStream<Object> in, Program.Node node) {
        return switch (node.op()) {
            case "map" -> {
                UnaryOperator<Object> function = UnaryFunctions.of(node.fn());
                yield in.map(function::apply);
            }
            case "flatMap" -> {
                Function<Object, List<Object>> function = FlatFunctions.of(node.fn());
                yield in.flatMap(function::apply);
            }
            case "filter" -> {
                Predicate<Object> predicate = Predicates.of(node.fn());
                yield in.filter(predicate::test);
            }
            case "mapPartitions" -> {
                Function<List<Object>, List<Object>> function = ListFunctions.of(node.fn());
                yield in.mapPartitions(function::apply);
            }
            case "glom" -> in.glom().map(NaturalOrder::sorted);
            case "count" -> any(in.count());
            case "reduce" -> in.reduce(BinaryFunctions.of(node.fn())::apply);
            case "countByValue" -> any(in.countByValue());
            case "repartition" ->
                in.repartition(Math.toIntExact((Long) node.params().get("partitions")));
            case "transform" -> {
                BatchFunctions.OneBatch function = BatchFunctions.one(node.fn());
                yield in.transform((time, records) -> function.apply(time.millis(), records));
            }
            default -> throw new UnsupportedProgramException("there is no operator " + node.op());
        };
    }

    /** The stream of a node over the batches of two others. */
    static DStream<Object> transformWith(DStream<Object> left, DStream<Object> right, Program.Node node) {
        BatchFunctions.TwoBatches function = BatchFunctions.two(node.fn());
        return left.transformWith(right, (time, one, other) -> function.apply(time.millis(), one, other));
    }
}
