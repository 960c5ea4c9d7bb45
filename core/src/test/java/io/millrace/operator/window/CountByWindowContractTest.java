// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.time.Duration;
import java.util.List;

class CountByWindowContractTest extends OperatorContract<String, Long> {

    @Override
    protected DStream<Long> apply(DStream<String> input) {
        return input.countByWindow(Duration.ofSeconds(2), Duration.ofSeconds(1));
    }

    @Override
    protected List<List<String>> input() {
        return List.of(List.of(), List.of("a", "b", "a"), List.of("a"), List.of(), List.of("c"), List.of(), List.of());
    }

    @Override
    protected List<List<Long>> output() {
        return List.of(List.of(), List.of(3L), List.of(4L), List.of(1L), List.of(1L), List.of(1L), List.of(0L));
    }
}
