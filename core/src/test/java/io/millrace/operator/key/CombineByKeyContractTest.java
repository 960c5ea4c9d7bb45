// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.util.List;

/** Sum and count of the numbers of a parity. */
class CombineByKeyContractTest extends OperatorContract<Integer, Pair<Boolean, Pair<Integer, Integer>>> {

    @Override
    protected DStream<Pair<Boolean, Pair<Integer, Integer>>> apply(DStream<Integer> input) {
        return input.flatMapToPair(number -> List.of(Pair.of(number % 2 == 0, number)))
                .combineByKey(
                        value -> Pair.of(value, 1),
                        (sum, value) -> Pair.of(sum.key() + value, sum.value() + 1),
                        (left, right) -> Pair.of(left.key() + right.key(), left.value() + right.value()));
    }

    @Override
    protected List<List<Integer>> input() {
        return List.of(List.of(1, 2, 3, 4, 5, 5), List.of(), List.of(7));
    }

    @Override
    protected List<List<Pair<Boolean, Pair<Integer, Integer>>>> output() {
        return List.of(
                List.of(Pair.of(true, Pair.of(6, 2)), Pair.of(false, Pair.of(14, 4))),
                List.of(),
                List.of(Pair.of(false, Pair.of(7, 1))));
    }
}
