// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.time.Duration;
import java.util.List;

class WindowContractTest extends OperatorContract<Integer, Integer> {

    @Override
    protected DStream<Integer> apply(DStream<Integer> input) {
        return input.window(Duration.ofSeconds(2));
    }

    @Override
    protected List<List<Integer>> input() {
        return List.of(List.of(1, 2, 3), List.of(4), List.of(), List.of(), List.of(5, 5));
    }

    @Override
    protected List<List<Integer>> output() {
        return List.of(List.of(1, 2, 3), List.of(1, 2, 3, 4), List.of(4), List.of(), List.of(5, 5));
    }
}
