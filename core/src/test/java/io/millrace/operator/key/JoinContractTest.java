// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.OperatorContract;
import java.util.List;
import java.util.Optional;

/** Numbers below 20 on the left, those above 10 on the right; the key is the last digit. */
class JoinContractTest extends OperatorContract<Integer, Pair<Integer, Pair<Optional<Integer>, Optional<Integer>>>> {

    @Override
    protected DStream<Pair<Integer, Pair<Optional<Integer>, Optional<Integer>>>> apply(DStream<Integer> input) {
        PairDStream<Integer, Integer> byDigit = input.mapToPair(number -> Pair.of(number % 10, number));
        return byDigit.filter(pair -> pair.value() < 20).fullOuterJoin(byDigit.filter(pair -> pair.value() > 10));
    }

    @Override
    protected List<List<Integer>> input() {
        return List.of(List.of(1, 11, 21, 2, 33), List.of(), List.of(15, 15));
    }

    @Override
    protected List<List<Pair<Integer, Pair<Optional<Integer>, Optional<Integer>>>>> output() {
        return List.of(
                List.of(
                        both(1, 11),
                        both(1, 21),
                        both(11, 11),
                        both(11, 21),
                        Pair.of(2, Pair.of(Optional.of(2), Optional.empty())),
                        Pair.of(3, Pair.of(Optional.empty(), Optional.of(33)))),
                List.of(),
                List.of(both(15, 15), both(15, 15), both(15, 15), both(15, 15)));
    }

    private static Pair<Integer, Pair<Optional<Integer>, Optional<Integer>>> both(int left, int right) {
        return Pair.of(left % 10, Pair.of(Optional.of(left), Optional.of(right)));
    }
}
