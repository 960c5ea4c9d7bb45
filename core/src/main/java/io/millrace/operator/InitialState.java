// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an operator remembers before the first batch, by key.
 *
 * @param entries the keys, each once, and their states
 * @param due when the timers of all keys fire, in milliseconds since the epoch; {@link Long#MAX_VALUE} if they have none
 * @param <K> keys
 * @param <S> states
 */
public record InitialState<K, S>(List<Pair<K, S>> entries, long due) {

    private static final InitialState<Object, Object> NONE = new InitialState<>(List.of(), Long.MAX_VALUE);

    /**
     * Takes a private copy of the entries.
     *
     * @throws IllegalArgumentException if a key comes up twice
     */
    public InitialState {
        entries = Collections.unmodifiableList(new ArrayList<>(entries));
        Set<K> seen = new HashSet<>();
        for (Pair<K, S> entry : entries) {
            if (!seen.add(entry.key())) {
                throw new IllegalArgumentException(
                        "An initial state must have each key once, but has " + entry.key() + " twice");
            }
        }
    }

    /** Nothing. */
    @SuppressWarnings("unchecked")
    public static <K, S> InitialState<K, S> none() {
        return (InitialState<K, S>) (InitialState<?, ?>) NONE;
    }

    /** These entries, without timers. */
    public static <K, S> InitialState<K, S> of(List<Pair<K, S>> entries) {
        return new InitialState<>(entries, Long.MAX_VALUE);
    }

    /** The same entries with timers. */
    public InitialState<K, S> withDue(long newDue) {
        return new InitialState<>(entries, newDue);
    }

    /** True if there are no entries. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }
}
