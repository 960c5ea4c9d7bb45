// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.function.FilterFunction;
import io.millrace.function.KeyedUpdateFunction;
import io.millrace.function.MapFunction;
import io.millrace.function.ReduceFunction;
import io.millrace.function.UpdateFunction;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.InitialState;
import io.millrace.operator.Pair;
import io.millrace.operator.key.ReduceByKeyOperator;
import io.millrace.operator.key.UpdateStateByKeyOperator;
import io.millrace.operator.record.MapValuesOperator;
import java.time.Duration;
import java.util.List;

/**
 * A stream of pairs, with the operations that go by key.
 *
 * @param <K> keys; their hash must not depend on the object's identity
 * @param <V> values
 */
public final class PairDStream<K, V> extends DStream<Pair<K, V>> {

    /** The same stream, known to be of pairs. */
    public PairDStream(DStream<Pair<K, V>> pairs) {
        super(pairs.graph(), pairs.node(), pairs.slide());
    }

    /** Another value for each pair, under the same key. */
    public <W> PairDStream<K, W> mapValues(MapFunction<? super V, ? extends W> function) {
        return new PairDStream<>(apply(new MapValuesOperator<K, V, W>(function)));
    }

    /** One value of all values of a key in a batch. */
    public PairDStream<K, V> reduceByKey(ReduceFunction<V> function) {
        return new PairDStream<>(apply(new ReduceByKeyOperator<K, V>(function)));
    }

    /**
     * The state of every key after each batch. The function is called for every key that has a state or got a value;
     * what it answers is the new state, or nothing to remove the key.
     */
    public <S> PairDStream<K, S> updateStateByKey(UpdateFunction<V, S> function) {
        return updateStateByKey(function, List.of());
    }

    /**
     * {@link #updateStateByKey(UpdateFunction)}; Spark's number of partitions is accepted, see {@link StateSpec#numPartitions}.
     *
     * @param partitions at least 1
     */
    public <S> PairDStream<K, S> updateStateByKey(UpdateFunction<V, S> function, int partitions) {
        return updateStateByKey(function, partitions, List.of());
    }

    /**
     * {@link #updateStateByKey(UpdateFunction)} with states that are there before the first batch: it calls the function for them even
     * if no data came.
     *
     * @throws IllegalArgumentException if a key comes up twice
     */
    public <S> PairDStream<K, S> updateStateByKey(UpdateFunction<V, S> function, List<Pair<K, S>> initialState) {
        return updateStateByKey((time, key, values, state) -> function.apply(values, state), initialState);
    }

    /** Both. */
    public <S> PairDStream<K, S> updateStateByKey(
            UpdateFunction<V, S> function, int partitions, List<Pair<K, S>> initialState) {
        checkPartitions(partitions);
        return updateStateByKey(function, initialState);
    }

    /** {@link #updateStateByKey(UpdateFunction)} with a function that is told the batch and the key as well. */
    public <S> PairDStream<K, S> updateStateByKey(KeyedUpdateFunction<K, V, S> function) {
        return updateStateByKey(function, List.of());
    }

    /** {@link #updateStateByKey(UpdateFunction, List)} with a function that is told the batch and the key as well. */
    public <S> PairDStream<K, S> updateStateByKey(
            KeyedUpdateFunction<K, V, S> function, List<Pair<K, S>> initialState) {
        return new PairDStream<>(apply(new UpdateStateByKeyOperator<>(function, InitialState.of(initialState))));
    }

    // ---- mapWithState ----

    /**
     * Calls a function for every record with the state of its key: a batch costs its records, not what is remembered. The stream is of
     * what the function returns; {@link MapWithStateDStream#stateSnapshots} is the state itself.
     */
    public <S, M> MapWithStateDStream<K, S, M> mapWithState(StateSpec<K, V, S, M> spec) {
        return MapWithStateDStream.of(apply(spec.operator()));
    }

    static void checkPartitions(int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("The number of partitions must be >= 1, but is " + partitions);
        }
    }

    // ---- what stays a stream of pairs ----

    @Override
    public PairDStream<K, V> named(String name) {
        super.named(name);
        return this;
    }

    @Override
    public PairDStream<K, V> onError(ErrorPolicy policy) {
        super.onError(policy);
        return this;
    }

    @Override
    public PairDStream<K, V> filter(FilterFunction<? super Pair<K, V>> function) {
        return new PairDStream<>(super.filter(function));
    }

    @Override
    public PairDStream<K, V> union(DStream<Pair<K, V>> other) {
        return new PairDStream<>(super.union(other));
    }

    @Override
    public PairDStream<K, V> window(Duration length) {
        return new PairDStream<>(super.window(length));
    }

    @Override
    public PairDStream<K, V> window(Duration length, Duration every) {
        return new PairDStream<>(super.window(length, every));
    }
}
