// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Combiner;

/**
 * Folds by another combiner what is whole; with a {@link BrokenFold} on either side the fold is broken.
 *
 * @param combiner the other one
 * @param <V> values
 * @param <A> folds
 */
record Unbroken<V, A>(Combiner<V, A> combiner) implements Combiner<V, A> {

    @Override
    public A create(V value) throws Exception {
        return combiner.create(value);
    }

    @Override
    public A merge(A folded, V value) throws Exception {
        return folded instanceof BrokenFold ? folded : combiner.merge(folded, value);
    }

    @Override
    public A combine(A left, A right) throws Exception {
        if (left instanceof BrokenFold) {
            return left;
        }
        return right instanceof BrokenFold ? right : combiner.combine(left, right);
    }
}
