// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.util.List;

class ReduceContractTest extends OperatorContract<Integer, Integer> {

    @Override
    protected DStream<Integer> apply(DStream<Integer> input) {
        return input.reduce(Math::max);
    }

    @Override
    protected List<List<Integer>> input() {
        return List.of(List.of(3, 9, 4), List.of(), List.of(-1));
    }

    @Override
    protected List<List<Integer>> output() {
        return List.of(List.of(9), List.of(), List.of(-1));
    }
}
