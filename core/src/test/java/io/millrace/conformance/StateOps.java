// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static io.millrace.conformance.Definition.any;

import io.millrace.operator.KeyState;
import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.MapWithStateDStream;
import io.millrace.stream.PairDStream;
import io.millrace.stream.StateSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operators with a state. Keys time out as in Spark: late, in the batches in which it writes checkpoints. */
final class StateOps {

    private StateOps() {}

    /** The state of all keys, updated by the values of each. */
    static DStream<Object> updateStateByKey(PairDStream<Object, Object> in, Program.Node node) {
        UpdateFunctions.Update update = UpdateFunctions.of(node.fn());
        return any(
                node.initialState().isPresent()
                        ? in.<Object>updateStateByKey(update::apply, initial(node))
                        : in.<Object>updateStateByKey(update::apply));
    }

    /** The mapped values of a function with state. */
    static MapWithStateDStream<Object, Object, Object> mapWithState(PairDStream<Object, Object> in, Program.Node node) {
        StateFunctions.Mapping function = StateFunctions.of(node.fn());
        StateSpec<Object, Object, Object, Object> spec = StateSpec.<Object, Object, Object, Object>function(
                        (time, key, value, state) -> function.apply(time.millis(), key, value, new Cell(state)))
                .sparkTimeouts();
        if (node.initialState().isPresent()) {
            spec = spec.initialState(initial(node));
        }
        Optional<Long> timeout = node.millis("timeoutMillis");
        if (timeout.isPresent()) {
            spec = spec.timeout(Duration.ofMillis(timeout.get()));
        }
        return in.mapWithState(spec);
    }

    private static List<Pair<Object, Object>> initial(Program.Node node) {
        List<Pair<Object, Object>> entries = new ArrayList<>();
        for (Object entry : node.initialState().orElseThrow()) {
            entries.add(Pair.of(
                    UnaryFunctions.pair(entry).key(), UnaryFunctions.pair(entry).value()));
        }
        return entries;
    }

    /** The engine's state of a key, as the functions of the language see one. */
    private record Cell(KeyState<Object> state) implements StateFunctions.Cell {

        @Override
        public boolean exists() {
            return state.exists();
        }

        @Override
        public Object get() {
            return state.get();
        }

        @Override
        public Optional<Object> getOption() {
            return state.getOption();
        }

        @Override
        public void update(Object newState) {
            state.update(newState);
        }

        @Override
        public void remove() {
            state.remove();
        }

        @Override
        public boolean isTimingOut() {
            return state.isTimingOut();
        }
    }
}
