// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.time.Duration;
import java.util.List;

class ReduceByKeyAndWindowContractTest extends OperatorContract<String, Pair<String, Integer>> {

    @Override
    protected DStream<Pair<String, Integer>> apply(DStream<String> input) {
        return input.mapToPair(word -> Pair.of(word, 1)).reduceByKeyAndWindow(Integer::sum, Duration.ofSeconds(3));
    }

    @Override
    protected List<List<String>> input() {
        return List.of(List.of("a", "b", "a"), List.of("a"), List.of(), List.of("c"), List.of(), List.of("a", "c"));
    }

    @Override
    protected List<List<Pair<String, Integer>>> output() {
        return List.of(
                List.of(Pair.of("a", 2), Pair.of("b", 1)),
                List.of(Pair.of("a", 3), Pair.of("b", 1)),
                List.of(Pair.of("a", 3), Pair.of("b", 1)),
                List.of(Pair.of("a", 1), Pair.of("c", 1)),
                List.of(Pair.of("c", 1)),
                List.of(Pair.of("a", 1), Pair.of("c", 2)));
    }
}
