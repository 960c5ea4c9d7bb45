// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static io.millrace.conformance.Definition.any;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The operators over pairs within a batch. Where no order is promised, lists of values are brought into natural order. */
final class PairOps {

    private PairOps() {}

    /** The stream of a node over one other. */
    static DStream<Object> define(PairDStream<Object, Object> in, Program.Node node) {
        return switch (node.op()) {
            case "reduceByKey" -> any(in.reduceByKey(BinaryFunctions.of(node.fn())::apply));
            case "groupByKey" -> any(in.groupByKey().mapValues(NaturalOrder::sorted));
            case "combineByKey" -> {
                Combining combining = Combining.of(node.fn());
                yield any(in.combineByKey(
                        combining.create()::apply, combining.mergeValue()::apply, combining.mergeCombiners()::apply));
            }
            case "mapValues" -> {
                UnaryOperator<Object> function = UnaryFunctions.of(node.fn());
                yield any(in.mapValues(function::apply));
            }
            case "flatMapValues" -> {
                Function<Object, List<Object>> function = FlatFunctions.of(node.fn());
                yield any(in.flatMapValues(function::apply));
            }
            default -> throw new UnsupportedProgramException("there is no operator " + node.op());
        };
    }

    /** The stream of a node over two others that meet by key. */
    static DStream<Object> joined(String op, PairDStream<Object, Object> left, PairDStream<Object, Object> right) {
        return switch (op) {
            case "join" -> any(left.join(right));
            case "leftOuterJoin" -> any(left.leftOuterJoin(right));
            case "rightOuterJoin" -> any(left.rightOuterJoin(right));
            case "fullOuterJoin" -> any(left.fullOuterJoin(right));
            case "cogroup" ->
                any(left.cogroup(right)
                        .mapValues(lists ->
                                Pair.of(NaturalOrder.sorted(lists.key()), NaturalOrder.sorted(lists.value()))));
            default -> throw new UnsupportedProgramException("there is no operator " + op);
        };
    }
}
