// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.util.List;
import java.util.Optional;

class UpdateStateByKeyContractTest extends OperatorContract<String, Pair<String, Integer>> {

    @Override
    protected DStream<Pair<String, Integer>> apply(DStream<String> input) {
        return input.mapToPair(word -> Pair.of(word, 1))
                .updateStateByKey((List<Integer> ones, Optional<Integer> total) ->
                        Optional.of(total.orElse(0) + ones.size()).filter(sum -> sum < 4));
    }

    @Override
    protected List<List<String>> input() {
        return List.of(List.of("a", "b", "a", "c", "d"), List.of(), List.of("a", "e", "b", "a"), List.of("a", "f"));
    }

    @Override
    protected List<List<Pair<String, Integer>>> output() {
        return List.of(
                List.of(Pair.of("a", 2), Pair.of("b", 1), Pair.of("c", 1), Pair.of("d", 1)),
                List.of(Pair.of("a", 2), Pair.of("b", 1), Pair.of("c", 1), Pair.of("d", 1)),
                List.of(Pair.of("b", 2), Pair.of("c", 1), Pair.of("d", 1), Pair.of("e", 1)),
                List.of(
                        Pair.of("a", 1),
                        Pair.of("b", 2),
                        Pair.of("c", 1),
                        Pair.of("d", 1),
                        Pair.of("e", 1),
                        Pair.of("f", 1)));
    }
}
