// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

import io.millrace.operator.BatchTime;
import java.util.List;
import java.util.Optional;

/**
 * An {@link UpdateFunction} that is told the batch and the key as well.
 *
 * @param <K> keys
 * @param <V> the values of the key in the batch
 * @param <S> its state
 */
@FunctionalInterface
public interface KeyedUpdateFunction<K, V, S> {

    /**
     * The state after this batch.
     *
     * @param time the batch
     * @param key the key
     * @param values what the batch brought for the key, in no promised order; empty if nothing
     * @param state the state so far; empty for a new key
     * @return the new state; empty removes the key
     */
    Optional<S> apply(BatchTime time, K key, List<V> values, Optional<S> state) throws Exception;
}
