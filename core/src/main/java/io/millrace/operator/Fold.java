// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * A table of folds by key, in order of first appearance, that lives for one batch.
 *
 * @param <K> keys
 * @param <V> values
 * @param <A> folds
 */
public interface Fold<K, V, A> {

    /** Folds a value into its key's fold; if the combiner throws, nothing is changed. */
    void add(K key, int hash, V value) throws Exception;

    /** Combines a fold made elsewhere into its key's fold; if the combiner throws, nothing is changed. */
    void combine(K key, int hash, A folded) throws Exception;

    /** The entry of a key; one that is not there is added, with {@code first} as its fold. */
    int enter(K key, int hash, A first);

    /** How many keys there are; entries are numbered from 0. */
    int size();

    /** The key of an entry. */
    K key(int entry);

    /** The stable hash of the key of an entry. */
    int hash(int entry);

    /** The fold of an entry. */
    A value(int entry);

    /** Forgets everything, keeps the room. */
    void clear();
}
