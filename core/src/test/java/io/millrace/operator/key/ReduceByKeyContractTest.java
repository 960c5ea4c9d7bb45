// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.util.List;

class ReduceByKeyContractTest extends OperatorContract<Integer, Pair<String, Integer>> {

    @Override
    protected DStream<Pair<String, Integer>> apply(DStream<Integer> input) {
        return input.mapToPair(number -> Pair.of(number % 2 == 0 ? "even" : "odd", number))
                .reduceByKey(Integer::sum);
    }

    @Override
    protected List<List<Integer>> input() {
        return List.of(List.of(1, 2, 3, 4, 5), List.of(), List.of(7, 7, 7));
    }

    @Override
    protected List<List<Pair<String, Integer>>> output() {
        return List.of(List.of(Pair.of("even", 6), Pair.of("odd", 9)), List.of(), List.of(Pair.of("odd", 21)));
    }
}
