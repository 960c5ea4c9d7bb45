// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import io.millrace.function.StateFunction;
import io.millrace.listener.BatchInfo;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.stream.MapWithStateDStream;
import io.millrace.stream.StateSpec;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job whose operator is called {@code states}, with all that comes of it. */
final class MapWithStateJob<M> implements AutoCloseable {

    /** Counts the records of a key. */
    static final StateFunction<String, Long, Long, String> COUNT = (time, key, value, state) -> {
        long count = state.getOption().orElse(0L) + 1;
        state.update(count);
        return Optional.of(key + count);
    };

    /** Counts, and says which calls come from timeouts. */
    static StateFunction<String, Long, Long, String> timed() {
        return (time, key, value, state) -> {
            if (state.isTimingOut()) {
                return Optional.of(key + " out " + state.get());
            }
            state.update(state.getOption().orElse(0L) + 1);
            return Optional.of(key + " in " + state.get());
        };
    }

    /** Counts, and throws when it has counted this key. */
    static StateFunction<String, Long, Long, String> failingOn(String poison) {
        return (time, key, value, state) -> {
            Optional<String> mapped = COUNT.call(time, key, value, state);
            if (key.equals(poison)) {
                throw new IllegalStateException("refused");
            }
            return mapped;
        };
    }

    final BatchHarness harness;
    final CollectedOutput<M> mapped;
    final CollectedOutput<Pair<String, Long>> snapshots;
    final CollectedOutput<DeadLetter> dead;
    final ScriptedInput<Pair<String, Long>> input;

    MapWithStateJob(StateSpec<String, Long, Long, M> spec) {
        this(spec, ErrorPolicy.FAIL);
    }

    MapWithStateJob(StateSpec<String, Long, Long, M> spec, Duration start) {
        this(spec, ErrorPolicy.FAIL, start);
    }

    MapWithStateJob(StateSpec<String, Long, Long, M> spec, ErrorPolicy policy) {
        this(spec, policy, Duration.ZERO);
    }

    private MapWithStateJob(StateSpec<String, Long, Long, M> spec, ErrorPolicy policy, Duration start) {
        harness = BatchHarness.builder("states")
                .startAt(java.time.Instant.EPOCH.plus(start))
                .build();
        input = harness.input();
        MapWithStateDStream<String, Long, M> stream = harness.stream(input, 0)
                .mapToPair(pair -> pair)
                .mapWithState(spec)
                .named("states")
                .onError(policy);
        mapped = harness.collect(stream);
        snapshots = harness.collect(stream.stateSnapshots());
        dead = harness.collect(stream.deadLetters());
        harness.start();
    }

    BatchInfo run(String... words) {
        for (String word : words) {
            input.add(Pair.of(word, 1L));
        }
        return harness.runBatch();
    }

    BatchInfo run(List<Pair<String, Long>> pairs) {
        input.addAll(pairs);
        return harness.runBatch();
    }

    BatchInfo run() {
        return harness.runBatch();
    }

    Map<String, Long> state() {
        return harness.state("states");
    }

    @Override
    public void close() {
        harness.close();
    }
}
