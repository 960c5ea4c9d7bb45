// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static io.millrace.conformance.Definition.any;
import static io.millrace.conformance.Definition.pairs;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/** The windows. */
final class WindowOps {

    private WindowOps() {}

    /** The stream of a node. */
    static DStream<Object> define(DStream<Object> in, Program.Node node) {
        Duration length = Duration.ofMillis(node.windowMillis());
        Optional<Duration> slide = node.millis("slideMillis").map(Duration::ofMillis);
        return switch (node.op()) {
            case "window" -> slide.isPresent() ? in.window(length, slide.get()) : in.window(length);
            case "countByWindow" -> any(in.countByWindow(length, slide.orElse(in.slide())));
            case "countByValueAndWindow" -> any(in.countByValueAndWindow(length, slide.orElse(in.slide())));
            case "reduceByWindow" -> reduceByWindow(in, node, length, slide.orElse(in.slide()));
            case "reduceByKeyAndWindow" -> any(reduceByKeyAndWindow(pairs(in), node, length, slide));
            case "groupByKeyAndWindow" ->
                any((slide.isPresent()
                                ? pairs(in).groupByKeyAndWindow(length, slide.get())
                                : pairs(in).groupByKeyAndWindow(length))
                        .mapValues(NaturalOrder::sorted));
            default -> throw new UnsupportedProgramException("there is no operator " + node.op());
        };
    }

    private static DStream<Object> reduceByWindow(
            DStream<Object> in, Program.Node node, Duration length, Duration slide) {
        BinaryOperator<Object> function = BinaryFunctions.of(node.fn());
        Optional<FunctionSpec> inverse = node.function("inverse");
        return inverse.isPresent()
                ? in.reduceByWindow(function::apply, BinaryFunctions.of(inverse.get())::apply, length, slide)
                : in.reduceByWindow(function::apply, length, slide);
    }

    private static PairDStream<Object, Object> reduceByKeyAndWindow(
            PairDStream<Object, Object> in, Program.Node node, Duration length, Optional<Duration> slide) {
        BinaryOperator<Object> function = BinaryFunctions.of(node.fn());
        Optional<BinaryOperator<Object>> inverse = node.function("inverse").map(BinaryFunctions::of);
        Optional<Predicate<Object>> filter = node.function("filter").map(Predicates::of);
        if (inverse.isEmpty()) {
            return slide.isPresent()
                    ? in.reduceByKeyAndWindow(function::apply, length, slide.get())
                    : in.reduceByKeyAndWindow(function::apply, length);
        }
        Duration every = slide.orElse(in.slide());
        if (filter.isEmpty()) {
            return in.reduceByKeyAndWindow(function::apply, inverse.get()::apply, length, every);
        }
        return in.reduceByKeyAndWindow(
                function::apply,
                inverse.get()::apply,
                length,
                every,
                (Pair<Object, Object> pair) -> filter.get().test(pair));
    }
}
