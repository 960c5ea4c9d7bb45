// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.util.List;

class GroupByKeyContractTest extends OperatorContract<Integer, Pair<Boolean, List<Integer>>> {

    @Override
    protected DStream<Pair<Boolean, List<Integer>>> apply(DStream<Integer> input) {
        return input.mapToPair(number -> Pair.of(number % 2 == 0, number))
                .groupByKey()
                .mapValues(values -> values.stream().sorted().toList());
    }

    @Override
    protected List<List<Integer>> input() {
        return List.of(List.of(1, 2, 3, 4, 5, 5), List.of(), List.of(7));
    }

    @Override
    protected List<List<Pair<Boolean, List<Integer>>>> output() {
        return List.of(
                List.of(Pair.of(true, List.of(2, 4)), Pair.of(false, List.of(1, 3, 5, 5))),
                List.of(),
                List.of(Pair.of(false, List.of(7))));
    }
}
