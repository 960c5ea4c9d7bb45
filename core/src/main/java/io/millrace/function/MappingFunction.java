// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

import io.millrace.operator.KeyState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The short form of a {@link StateFunction}, which does not ask for the batch time.
 *
 * @param <K> keys
 * @param <V> values
 * @param <S> state per key
 * @param <M> what comes of a call
 */
@FunctionalInterface
public interface MappingFunction<K, V, S, M> {

    /**
     * Called once per record, those of a key one after the other, and once when a key times out.
     *
     * @param key the key
     * @param value the record's value; empty if the state is timing out, or if the value is null
     * @param state the key's state, for this call only
     * @return what goes into the stream of mapped values; null for nothing
     */
    @Nullable
    M call(K key, Optional<V> value, KeyState<S> state) throws Exception;
}
