// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.StateSpec;
import io.millrace.testkit.OperatorContract;
import java.util.List;
import java.util.Optional;

class StateSnapshotsContractTest extends OperatorContract<String, Pair<String, Long>> {

    @Override
    protected DStream<Pair<String, Long>> apply(DStream<String> input) {
        return input.mapToPair(word -> Pair.of(word, 1L))
                .mapWithState(StateSpec.<String, Long, Long, Object>function((time, key, value, state) -> {
                    if (state.exists() && state.get() >= 2) {
                        state.remove();
                    } else {
                        state.update(state.getOption().orElse(0L) + 1);
                    }
                    return Optional.empty();
                }))
                .stateSnapshots();
    }

    @Override
    protected List<List<String>> input() {
        return List.of(List.of("a", "b", "a"), List.of("b", "c"), List.of(), List.of("a", "b", "b"));
    }

    @Override
    protected List<List<Pair<String, Long>>> output() {
        return List.of(
                List.of(Pair.of("a", 2L), Pair.of("b", 1L)),
                List.of(Pair.of("a", 2L), Pair.of("b", 2L), Pair.of("c", 1L)),
                List.of(Pair.of("a", 2L), Pair.of("b", 2L), Pair.of("c", 1L)),
                List.of(Pair.of("b", 1L), Pair.of("c", 1L)));
    }
}
