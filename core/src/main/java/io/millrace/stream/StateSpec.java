// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.function.MappingFunction;
import io.millrace.function.StateFunction;
import io.millrace.operator.InitialState;
import io.millrace.operator.Pair;
import io.millrace.operator.key.MapWithStateOperator;
import io.millrace.operator.key.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@link PairDStream#mapWithState} does: a function and what goes with it, as Spark's {@code StateSpec}. Immutable.
 *
 * @param <K> keys
 * @param <V> values
 * @param <S> state per key
 * @param <M> mapped values
 */
public final class StateSpec<K, V, S, M> {

    private final MapWithStateOperator<K, V, S, M> operator;

    private StateSpec(MapWithStateOperator<K, V, S, M> operator) {
        this.operator = operator;
    }

    /** Calls a function with the batch time, the key, its value and its state; what it returns, if anything, is a mapped value. */
    public static <K, V, S, M> StateSpec<K, V, S, M> function(StateFunction<K, V, S, M> function) {
        return new StateSpec<>(new MapWithStateOperator<>(function, InitialState.none(), Timeouts.NEVER, false));
    }

    /** Calls a function with the key, its value and its state; what it returns, unless null, is a mapped value. */
    public static <K, V, S, M> StateSpec<K, V, S, M> function(MappingFunction<K, V, S, M> function) {
        return function((time, key, value, state) -> Optional.ofNullable(function.call(key, value, state)));
    }

    /**
     * Has these states before the first batch. Default: none.
     *
     * @throws IllegalArgumentException if a key comes up twice
     */
    public StateSpec<K, V, S, M> initialState(List<Pair<K, S>> entries) {
        return new StateSpec<>(new MapWithStateOperator<>(
                operator.function(), InitialState.of(entries), operator.timeouts(), operator.snapshots()));
    }

    /**
     * Calls the function a last time for a key that got no record for so long, and then takes the key out of the state. Default:
     * never.
     *
     * <p>That happens in the first batch whose time is at least so much later than that of the last batch with a record for the key,
     * after that batch's records, and costs only the keys that time out. Any record counts, whatever the function does with the state
     * of its key. The keys of an initial state count as updated in the first batch.
     *
     * @param idle 1 ms to 365000 days
     */
    public StateSpec<K, V, S, M> timeout(Duration idle) {
        return new StateSpec<>(operator.withTimeouts(operator.timeouts().withIdle(idle)));
    }

    /**
     * Times keys out as Spark does. Default: as {@link #timeout} says.
     *
     * <p>Spark looks for them only in batches in which it writes a checkpoint: every tenth, or as often as
     * {@link MapWithStateDStream#checkpoint} says, counted from the batch before the first. In such a batch go the keys whose last
     * record is more than the timeout older. A sweep that falls into an interval which a late job has absorbed is left out.
     */
    public StateSpec<K, V, S, M> sparkTimeouts() {
        return new StateSpec<>(operator.withTimeouts(operator.timeouts().asInSpark()));
    }

    /**
     * Accepted since Spark has it. The engine has partitions of its own ({@code millrace.partitions}), and results do not depend on
     * their number.
     *
     * @param partitions at least 1
     */
    public StateSpec<K, V, S, M> numPartitions(int partitions) {
        PairDStream.checkPartitions(partitions);
        return this;
    }

    MapWithStateOperator<K, V, S, M> operator() {
        return operator;
    }
}
