// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.util.Collections;
import java.util.List;

class TransformContractTest extends OperatorContract<Integer, String> {

    @Override
    protected DStream<String> apply(DStream<Integer> input) {
        return input.transformWith(
                input.filter(number -> number % 2 == 0),
                (time, all, even) -> List.of(
                        all.stream().sorted().toList().toString(),
                        even.stream().sorted().toList().toString()));
    }

    @Override
    protected List<List<Integer>> input() {
        return List.of(List.of(3, 1, 2), List.of(), List.of(4));
    }

    @Override
    protected List<List<String>> output() {
        return List.of(List.of("[1, 2, 3]", "[2]"), List.of("[]", "[]"), List.of("[4]", "[4]"));
    }

    @Override
    protected List<List<String>> outputOfNothing(int batches) {
        return Collections.nCopies(batches, List.of("[]", "[]"));
    }
}
