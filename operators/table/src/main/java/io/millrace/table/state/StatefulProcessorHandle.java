// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import io.millrace.table.type.DataType;
import java.util.List;

/** What a {@link StatefulProcessor} may ask for. States are asked for in {@code init}, by a name that is theirs in all versions of the program; timers are those of the key at hand. */
public interface StatefulProcessorHandle {

    /**
     * A state of one value per key.
     *
     * @param type the type of the value
     * @throws IllegalArgumentException if the name stands for another kind of state, or values are to expire in another mode than {@link TimeMode#PROCESSING_TIME}
     */
    <T> ValueState<T> getValueState(String name, DataType type, TTLConfig ttl);

    /** A state of a list of values per key; see {@link #getValueState}. */
    <T> ListState<T> getListState(String name, DataType type, TTLConfig ttl);

    /** A state of a map of values per key; see {@link #getValueState}. */
    <K, V> MapState<K, V> getMapState(String name, DataType keyType, DataType valueType, TTLConfig ttl);

    /** A state of one value per key, which does not expire. */
    default <T> ValueState<T> getValueState(String name, DataType type) {
        return getValueState(name, type, TTLConfig.NONE);
    }

    /** A state of a list of values per key, which do not expire. */
    default <T> ListState<T> getListState(String name, DataType type) {
        return getListState(name, type, TTLConfig.NONE);
    }

    /** A state of a map of values per key, which do not expire. */
    default <K, V> MapState<K, V> getMapState(String name, DataType keyType, DataType valueType) {
        return getMapState(name, keyType, valueType, TTLConfig.NONE);
    }

    /**
     * Sets a timer for the key at hand; it may have several. One for a time that is over fires in a later batch.
     *
     * @param expiryTimeInMs when, in milliseconds since 1970
     * @throws IllegalStateException if there are no timers in the {@link TimeMode}
     */
    void registerTimer(long expiryTimeInMs);

    /** Takes a timer of the key at hand away, if it is there. */
    void deleteTimer(long expiryTimeInMs);

    /** The timers of the key at hand, the earliest first. */
    List<Long> listTimers();
}
