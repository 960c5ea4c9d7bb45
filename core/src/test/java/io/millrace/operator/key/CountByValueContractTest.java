// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.util.List;

class CountByValueContractTest extends OperatorContract<String, Pair<String, Long>> {

    @Override
    protected DStream<Pair<String, Long>> apply(DStream<String> input) {
        return input.countByValue();
    }

    @Override
    protected List<List<String>> input() {
        return List.of(List.of("a", "b", "a", "\u00fc", "a"), List.of(), List.of("c"));
    }

    @Override
    protected List<List<Pair<String, Long>>> output() {
        return List.of(
                List.of(Pair.of("a", 3L), Pair.of("b", 1L), Pair.of("\u00fc", 1L)),
                List.of(),
                List.of(Pair.of("c", 1L)));
    }
}
