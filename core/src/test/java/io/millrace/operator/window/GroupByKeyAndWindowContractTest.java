// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.time.Duration;
import java.util.List;

class GroupByKeyAndWindowContractTest extends OperatorContract<String, Pair<String, Integer>> {

    @Override
    protected DStream<Pair<String, Integer>> apply(DStream<String> input) {
        return input.mapToPair(word -> Pair.of(word.substring(0, 1), word))
                .groupByKeyAndWindow(Duration.ofSeconds(2))
                .mapValues(List::size);
    }

    @Override
    protected List<List<String>> input() {
        return List.of(
                List.of("a1", "b1", "a2"), List.of("a3"), List.of(), List.of("c1"), List.of(), List.of("a4", "c2"));
    }

    @Override
    protected List<List<Pair<String, Integer>>> output() {
        return List.of(
                List.of(Pair.of("a", 2), Pair.of("b", 1)),
                List.of(Pair.of("a", 3), Pair.of("b", 1)),
                List.of(Pair.of("a", 1)),
                List.of(Pair.of("c", 1)),
                List.of(Pair.of("c", 1)),
                List.of(Pair.of("a", 1), Pair.of("c", 1)));
    }
}
