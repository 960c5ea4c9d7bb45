// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

import io.millrace.operator.BatchTime;
import io.millrace.operator.KeyState;
import java.util.Optional;

/**
 * Works on one record and the state of its key, as a function of Spark's {@code mapWithState} does.
 *
 * @param <K> keys
 * @param <V> values
 * @param <S> state per key
 * @param <M> what comes of a call
 */
@FunctionalInterface
public interface StateFunction<K, V, S, M> {

    /**
     * Called once per record, and once when a key times out. The calls for a key come in the order of its records; calls for different
     * keys may change places, but what they return and what they throw does not.
     *
     * @param time the batch
     * @param key the key
     * @param value the record's value; empty if the state is timing out, or if the value is null
     * @param state the key's state, for this call only
     * @return what goes into the stream of mapped values; empty for nothing
     */
    Optional<M> call(BatchTime time, K key, Optional<V> value, KeyState<S> state) throws Exception;
}
