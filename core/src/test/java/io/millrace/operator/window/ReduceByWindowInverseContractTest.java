// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.time.Duration;
import java.util.List;

class ReduceByWindowInverseContractTest extends OperatorContract<Integer, Integer> {

    @Override
    protected DStream<Integer> apply(DStream<Integer> input) {
        return input.reduceByWindow(
                Integer::sum, (sum, left) -> sum - left, Duration.ofSeconds(2), Duration.ofSeconds(1));
    }

    @Override
    protected List<List<Integer>> input() {
        return List.of(List.of(), List.of(3, 9, 1), List.of(4), List.of(), List.of(5, 2), List.of(), List.of());
    }

    @Override
    protected List<List<Integer>> output() {
        return List.of(List.of(), List.of(13), List.of(17), List.of(4), List.of(7), List.of(7), List.of(0));
    }
}
