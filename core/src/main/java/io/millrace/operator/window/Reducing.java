// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.function.ReduceFunction;
import io.millrace.operator.Combiner;

/**
 * Folds values by a function over two of them.
 *
 * @param function the function
 * @param <V> values
 */
record Reducing<V>(ReduceFunction<V> function) implements Combiner<V, V> {

    @Override
    public V create(V value) {
        return value;
    }

    @Override
    public V merge(V folded, V value) throws Exception {
        return function.apply(folded, value);
    }

    @Override
    public V combine(V left, V right) throws Exception {
        return function.apply(left, right);
    }
}
