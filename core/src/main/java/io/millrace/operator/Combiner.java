// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * Folds the values of a key before they travel: once in the task that made them, then where the key lives.
 *
 * @param <V> values
 * @param <A> what they are folded into
 */
public interface Combiner<V, A> {

    /** The fold of one value. */
    A create(V value) throws Exception;

    /** A fold with one more value. */
    A merge(A folded, V value) throws Exception;

    /** Two folds of the same key, in no promised order. */
    A combine(A left, A right) throws Exception;
}
