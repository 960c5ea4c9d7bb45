// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.util.List;

/** All record operators in one chain, as they are fused. */
class RecordOperatorsContractTest extends OperatorContract<String, Pair<String, Integer>> {

    @Override
    protected DStream<Pair<String, Integer>> apply(DStream<String> input) {
        DStream<String> words = input.flatMap(line -> List.of(line.split(" ")));
        return words.union(words.map(String::toUpperCase))
                .filter(word -> !word.equals("B"))
                .mapToPair(word -> Pair.of(word, word.length()))
                .mapValues(length -> length * 10);
    }

    @Override
    protected List<List<String>> input() {
        return List.of(List.of("a b", "cc"), List.of(), List.of("b"));
    }

    @Override
    protected List<List<Pair<String, Integer>>> output() {
        return List.of(
                List.of(Pair.of("a", 10), Pair.of("A", 10), Pair.of("b", 10), Pair.of("cc", 20), Pair.of("CC", 20)),
                List.of(),
                List.of(Pair.of("b", 10)));
    }
}
