// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.util.Collections;
import java.util.List;

class CountContractTest extends OperatorContract<String, Long> {

    @Override
    protected DStream<Long> apply(DStream<String> input) {
        return input.count();
    }

    @Override
    protected List<List<String>> input() {
        return List.of(List.of("a", "b", "a"), List.of(), List.of("c"), List.of());
    }

    @Override
    protected List<List<Long>> output() {
        return List.of(List.of(3L), List.of(0L), List.of(1L), List.of(0L));
    }

    @Override
    protected List<List<Long>> outputOfNothing(int batches) {
        return Collections.nCopies(batches, List.of(0L));
    }
}
