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
import java.time.Duration;

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
}
