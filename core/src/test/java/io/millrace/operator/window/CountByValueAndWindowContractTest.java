// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.time.Duration;
import java.util.List;

class CountByValueAndWindowContractTest extends OperatorContract<String, Pair<String, Long>> {

    @Override
    protected DStream<Pair<String, Long>> apply(DStream<String> input) {
        return input.countByValueAndWindow(Duration.ofSeconds(2), Duration.ofSeconds(1));
    }

    @Override
    protected List<List<String>> input() {
        return List.of(List.of("a", "b", "a"), List.of("a"), List.of(), List.of("c"), List.of());
    }

    @Override
    protected List<List<Pair<String, Long>>> output() {
        return List.of(
                List.of(Pair.of("a", 2L), Pair.of("b", 1L)),
                List.of(Pair.of("a", 3L), Pair.of("b", 1L)),
                List.of(Pair.of("a", 1L)),
                List.of(Pair.of("c", 1L)),
                List.of(Pair.of("c", 1L)));
    }
}
