// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * A key and its value.
 *
 * @param key the key
 * @param value the value
 * @param <K> type of the key
 * @param <V> type of the value
 */
public record Pair<K, V>(K key, V value) {

    /** The pair of the two. */
    public static <K, V> Pair<K, V> of(K key, V value) {
        return new Pair<>(key, value);
    }

    /** Spark's form of a tuple: {@code (key,value)}. */
    @Override
    public String toString() {
        return "(" + key + "," + value + ")";
    }
}
