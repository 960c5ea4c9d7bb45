// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.function.FilterFunction;
import io.millrace.function.MapFunction;
import io.millrace.function.ReduceFunction;
import io.millrace.function.UpdateFunction;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.operator.key.ReduceByKeyOperator;
import io.millrace.operator.key.UpdateStateByKeyOperator;
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

    /**
     * The state of every key after each batch. The function is called for every key that has a state or got a value;
     * what it answers is the new state, or nothing to remove the key.
     */
    public <S> PairDStream<K, S> updateStateByKey(UpdateFunction<V, S> function) {
        return new PairDStream<>(apply(new UpdateStateByKeyOperator<K, V, S>(function)));
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
