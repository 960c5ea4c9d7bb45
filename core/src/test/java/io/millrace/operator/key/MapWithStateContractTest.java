// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.StateSpec;
import io.millrace.testkit.OperatorContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class MapWithStateContractTest extends OperatorContract<String, Pair<String, Long>> {

    @Override
    protected DStream<Pair<String, Long>> apply(DStream<String> input) {
        return input.mapToPair(word -> Pair.of(word, 1L))
                .mapWithState(StateSpec.<String, Long, Long, Pair<String, Long>>function((time, key, value, state) -> {
                            if (state.isTimingOut()) {
                                return Optional.of(Pair.of(key, -state.get()));
                            }
                            long count = state.getOption().orElse(0L) + value.orElseThrow();
                            state.update(count);
                            return Optional.of(Pair.of(key, count));
                        })
                        .initialState(List.of(Pair.of("c", 10L)))
                        .timeout(Duration.ofSeconds(2)));
    }

    @Override
    protected List<List<String>> input() {
        return List.of(List.of("a", "b", "a"), List.of("b", "c"), List.of(), List.of("a"));
    }

    @Override
    protected List<List<Pair<String, Long>>> output() {
        return List.of(
                List.of(Pair.of("a", 1L), Pair.of("a", 2L), Pair.of("b", 1L)),
                List.of(Pair.of("b", 2L), Pair.of("c", 11L)),
                List.of(Pair.of("a", -2L)),
                List.of(Pair.of("a", 1L), Pair.of("b", -2L), Pair.of("c", -11L)));
    }

    /** The initial key times out in the third batch. */
    @Override
    protected List<List<Pair<String, Long>>> outputOfNothing(int batches) {
        return List.of(List.of(), List.of(), List.of(Pair.of("c", -10L)), List.of());
    }
}
