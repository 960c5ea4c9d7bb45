// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.function.FilterFunction;
import io.millrace.function.FlatMapFunction;
import io.millrace.function.KeyedUpdateFunction;
import io.millrace.function.MapFunction;
import io.millrace.function.MergeFunction;
import io.millrace.function.ReduceFunction;
import io.millrace.function.UpdateFunction;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.InitialState;
import io.millrace.operator.Pair;
import io.millrace.operator.key.CogroupOperator;
import io.millrace.operator.key.CombineByKeyOperator;
import io.millrace.operator.key.GroupByKeyOperator;
import io.millrace.operator.key.JoinKind;
import io.millrace.operator.key.JoinOperator;
import io.millrace.operator.key.ReduceByKeyOperator;
import io.millrace.operator.key.UpdateStateByKeyOperator;
import io.millrace.operator.record.FlatMapValuesOperator;
import io.millrace.operator.record.MapValuesOperator;
import io.millrace.operator.window.GroupByKeyAndWindowOperator;
import io.millrace.operator.window.ReduceByKeyAndWindowInverseOperator;
import io.millrace.operator.window.ReduceByKeyAndWindowOperator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    // ---- all values of a key in a batch ----

    // Keys lie in the partitions of the engine (millrace.partitions). Spark's overloads with a number of partitions are
    // there,
    // but the number is only checked.

    /** One value of all values of a key in a batch; the number of partitions, at least 1, is checked and not used. */
    public PairDStream<K, V> reduceByKey(ReduceFunction<V> function, int partitions) {
        checkPartitions(partitions);
        return reduceByKey(function);
    }

    /**
     * The values of each key in a batch as one list, in no promised order. Every value travels to where its key lives; what can be
     * said by {@link #reduceByKey} or {@link #combineByKey} is cheaper so.
     */
    public PairDStream<K, List<V>> groupByKey() {
        return new PairDStream<>(apply(new GroupByKeyOperator<K, V>()));
    }

    /** The same; the number of partitions, at least 1, is checked and not used. */
    public PairDStream<K, List<V>> groupByKey(int partitions) {
        checkPartitions(partitions);
        return groupByKey();
    }

    /**
     * One thing of all values of a key in a batch, which need not be a value.
     *
     * @param create what one value comes to
     * @param mergeValue takes one more value in
     * @param mergeCombiners makes one of two that were made apart, in no promised order
     */
    public <C> PairDStream<K, C> combineByKey(
            MapFunction<? super V, ? extends C> create,
            MergeFunction<C, ? super V> mergeValue,
            ReduceFunction<C> mergeCombiners) {
        return combineByKey(create, mergeValue, mergeCombiners, true);
    }

    /** The same; the number of partitions, at least 1, is checked and not used. */
    public <C> PairDStream<K, C> combineByKey(
            MapFunction<? super V, ? extends C> create,
            MergeFunction<C, ? super V> mergeValue,
            ReduceFunction<C> mergeCombiners,
            int partitions) {
        checkPartitions(partitions);
        return combineByKey(create, mergeValue, mergeCombiners);
    }

    /**
     * The same.
     *
     * @param mapSideCombine false to have every value travel to where its key lives and be merged there, one by one
     */
    public <C> PairDStream<K, C> combineByKey(
            MapFunction<? super V, ? extends C> create,
            MergeFunction<C, ? super V> mergeValue,
            ReduceFunction<C> mergeCombiners,
            boolean mapSideCombine) {
        return new PairDStream<>(
                apply(new CombineByKeyOperator<K, V, C>(create, mergeValue, mergeCombiners, mapSideCombine)));
    }

    /** Any number of values for each pair, under the same key. */
    public <W> PairDStream<K, W> flatMapValues(FlatMapFunction<? super V, ? extends W> function) {
        return new PairDStream<>(apply(new FlatMapValuesOperator<K, V, W>(function)));
    }

    /** The same stream as one of records that happen to be pairs. */
    public DStream<Pair<K, V>> toDStream() {
        return new DStream<>(graph(), node(), slide());
    }

    // ---- joins, within one batch ----

    /**
     * Every value of a key in this stream with every value of it in another, batch by batch. To join across batches, window both
     * streams.
     *
     * @throws IllegalArgumentException if the other has another slide or belongs to another context
     */
    public <W> PairDStream<K, Pair<V, W>> join(PairDStream<K, W> other) {
        return join(other, new JoinOperator<K, V, W>(JoinKind.INNER));
    }

    /** The same; the number of partitions, at least 1, is checked and not used. */
    public <W> PairDStream<K, Pair<V, W>> join(PairDStream<K, W> other, int partitions) {
        checkPartitions(partitions);
        return join(other);
    }

    /** A {@link #join} that keeps the values of this stream whose key the other does not have in the batch. */
    public <W> PairDStream<K, Pair<V, Optional<W>>> leftOuterJoin(PairDStream<K, W> other) {
        return join(other, new JoinOperator<K, V, Optional<W>>(JoinKind.LEFT_OUTER));
    }

    /** The same; the number of partitions, at least 1, is checked and not used. */
    public <W> PairDStream<K, Pair<V, Optional<W>>> leftOuterJoin(PairDStream<K, W> other, int partitions) {
        checkPartitions(partitions);
        return leftOuterJoin(other);
    }

    /** A {@link #join} that keeps the values of the other stream whose key this one does not have in the batch. */
    public <W> PairDStream<K, Pair<Optional<V>, W>> rightOuterJoin(PairDStream<K, W> other) {
        return join(other, new JoinOperator<K, Optional<V>, W>(JoinKind.RIGHT_OUTER));
    }

    /** The same; the number of partitions, at least 1, is checked and not used. */
    public <W> PairDStream<K, Pair<Optional<V>, W>> rightOuterJoin(PairDStream<K, W> other, int partitions) {
        checkPartitions(partitions);
        return rightOuterJoin(other);
    }

    /** A {@link #join} that keeps the values of either stream whose key the other one does not have in the batch. */
    public <W> PairDStream<K, Pair<Optional<V>, Optional<W>>> fullOuterJoin(PairDStream<K, W> other) {
        return join(other, new JoinOperator<K, Optional<V>, Optional<W>>(JoinKind.FULL_OUTER));
    }

    /** The same; the number of partitions, at least 1, is checked and not used. */
    public <W> PairDStream<K, Pair<Optional<V>, Optional<W>>> fullOuterJoin(PairDStream<K, W> other, int partitions) {
        checkPartitions(partitions);
        return fullOuterJoin(other);
    }

    /** The values of each key in this stream and in another, batch by batch, for all keys of either. */
    public <W> PairDStream<K, Pair<List<V>, List<W>>> cogroup(PairDStream<K, W> other) {
        return new PairDStream<>(applyWith(List.of(other), new CogroupOperator<K, V, W>()));
    }

    /** The same; the number of partitions, at least 1, is checked and not used. */
    public <W> PairDStream<K, Pair<List<V>, List<W>>> cogroup(PairDStream<K, W> other, int partitions) {
        checkPartitions(partitions);
        return cogroup(other);
    }

    private <L, R> PairDStream<K, Pair<L, R>> join(PairDStream<K, ?> other, JoinOperator<K, L, R> operator) {
        return new PairDStream<>(applyWith(List.of(other), operator));
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
    public PairDStream<K, V> union(List<? extends DStream<Pair<K, V>>> others) {
        return new PairDStream<>(super.union(others));
    }

    @Override
    public PairDStream<K, V> persist() {
        super.persist();
        return this;
    }

    @Override
    public PairDStream<K, V> persist(StorageLevel level) {
        super.persist(level);
        return this;
    }

    @Override
    public PairDStream<K, V> cache() {
        super.cache();
        return this;
    }

    @Override
    public PairDStream<K, V> checkpoint(Duration interval) {
        super.checkpoint(interval);
        return this;
    }

    @Override
    public PairDStream<K, V> remember(Duration kept) {
        super.remember(kept);
        return this;
    }

    @Override
    public PairDStream<K, V> repartition(int partitions) {
        return new PairDStream<>(super.repartition(partitions));
    }

    @Override
    public PairDStream<K, V> window(Duration length) {
        return new PairDStream<>(super.window(length));
    }

    @Override
    public PairDStream<K, V> window(Duration length, Duration every) {
        return new PairDStream<>(super.window(length, every));
    }

    // ---- over windows ----

    /** One value of all values of a key in a window, every batch anew. */
    public PairDStream<K, V> reduceByKeyAndWindow(ReduceFunction<V> function, Duration length) {
        return reduceByKeyAndWindow(function, length, slide());
    }

    /**
     * One value of all values of a key in a window. A key is there exactly if a batch of the window has it. A batch costs the
     * same whatever the length of the window, though there is no inverse.
     *
     * @param function makes one value of two, and is associative; of values of different batches the older comes first
     * @param length how far back a window reaches
     * @param every how often there is one
     * @throws IllegalArgumentException if one of them is not a multiple of this stream's slide
     */
    public PairDStream<K, V> reduceByKeyAndWindow(ReduceFunction<V> function, Duration length, Duration every) {
        return new PairDStream<>(apply(new ReduceByKeyAndWindowOperator<K, V>(
                function, intervals("length", length), intervals("slide", every))));
    }

    /**
     * One value of all values of a key in a window, made of that of the window before:
     * {@code function(inverse(before, left), came)}. As in Spark a key that once was there stays for ever, with what the
     * inverse has left of it, such as a sum of 0; a filter lets it go. Sums of doubles drift, since nothing adds them up anew.
     *
     * @param function makes one value of two
     * @param inverse takes the second value out of the first
     * @param length how far back a window reaches
     * @param every how often there is one
     * @throws IllegalArgumentException if one of the durations is not a multiple of this stream's slide
     */
    public PairDStream<K, V> reduceByKeyAndWindow(
            ReduceFunction<V> function, ReduceFunction<V> inverse, Duration length, Duration every) {
        return inverseWindow(function, inverse, Optional.empty(), length, every);
    }

    /**
     * As {@link #reduceByKeyAndWindow(ReduceFunction, ReduceFunction, Duration, Duration)}, but only with the pairs that a
     * filter wants. Other than in Spark the filter may be any: as long as a batch of the window has a key, it only hides the key, and
     * what it hides is counted all the same. A key that no batch has any more is forgotten when the filter does not want it.
     */
    public PairDStream<K, V> reduceByKeyAndWindow(
            ReduceFunction<V> function,
            ReduceFunction<V> inverse,
            Duration length,
            Duration every,
            FilterFunction<? super Pair<K, V>> filter) {
        return inverseWindow(function, inverse, Optional.of(filter), length, every);
    }

    /** All values of a key in a window, every batch anew; see {@link #groupByKeyAndWindow(Duration, Duration)}. */
    public PairDStream<K, List<V>> groupByKeyAndWindow(Duration length) {
        return groupByKeyAndWindow(length, slide());
    }

    /**
     * All values of a key in a window, those of older batches first; within a batch in any order. The lists cannot be changed.
     *
     * @param length how far back a window reaches
     * @param every how often there is one
     * @throws IllegalArgumentException if one of them is not a multiple of this stream's slide
     */
    public PairDStream<K, List<V>> groupByKeyAndWindow(Duration length, Duration every) {
        return new PairDStream<>(
                apply(new GroupByKeyAndWindowOperator<K, V>(intervals("length", length), intervals("slide", every))));
    }

    /** As {@link #reduceByKeyAndWindow(ReduceFunction, Duration, Duration)}; the number is Spark's and bounds nothing here. */
    public PairDStream<K, V> reduceByKeyAndWindow(
            ReduceFunction<V> function, Duration length, Duration every, int partitions) {
        checkPartitions(partitions);
        return reduceByKeyAndWindow(function, length, every);
    }

    /**
     * As {@link #reduceByKeyAndWindow(ReduceFunction, ReduceFunction, Duration, Duration, FilterFunction)}; the number is Spark's
     * and bounds nothing here.
     */
    public PairDStream<K, V> reduceByKeyAndWindow(
            ReduceFunction<V> function,
            ReduceFunction<V> inverse,
            Duration length,
            Duration every,
            int partitions,
            FilterFunction<? super Pair<K, V>> filter) {
        checkPartitions(partitions);
        return reduceByKeyAndWindow(function, inverse, length, every, filter);
    }

    /** As {@link #groupByKeyAndWindow(Duration, Duration)}; the number is Spark's and bounds nothing here. */
    public PairDStream<K, List<V>> groupByKeyAndWindow(Duration length, Duration every, int partitions) {
        checkPartitions(partitions);
        return groupByKeyAndWindow(length, every);
    }

    private PairDStream<K, V> inverseWindow(
            ReduceFunction<V> function,
            ReduceFunction<V> inverse,
            Optional<FilterFunction<? super Pair<K, V>>> filter,
            Duration length,
            Duration every) {
        return new PairDStream<>(apply(new ReduceByKeyAndWindowInverseOperator<K, V>(
                function, inverse, filter, intervals("length", length), intervals("slide", every))));
    }
}
