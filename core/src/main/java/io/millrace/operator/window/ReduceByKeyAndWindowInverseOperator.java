// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.function.FilterFunction;
import io.millrace.function.ReduceFunction;
import io.millrace.operator.Combiner;
import io.millrace.operator.Exchange;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import java.util.Optional;

/**
 * Makes one value of all values of a key in a window, by taking out of the value of the window before what left and putting in what came.
 *
 * <p>A key that no batch of the window has any more stays with what the inverse left of it, for ever or until the filter does not want it.
 * As long as a batch of the window has the key, the filter only hides it.
 *
 * @param function makes one value of two; called with the older first when they are of different batches
 * @param inverse takes the second value out of the first
 * @param filter which pairs are emitted
 * @param length how long the window is, in batch intervals of the parent
 * @param slide how many of them lie between two windows
 * @param <K> keys
 * @param <V> values
 */
public record ReduceByKeyAndWindowInverseOperator<K, V>(
        ReduceFunction<V> function,
        ReduceFunction<V> inverse,
        Optional<FilterFunction<? super Pair<K, V>>> filter,
        int length,
        int slide)
        implements PartitionOperator<Pair<K, V>, K, V, Pair<K, V>> {

    @Override
    public String kind() {
        return "reduceByKeyAndWindow";
    }

    @Override
    public Exchange exchange() {
        return Exchange.BY_KEY;
    }

    @Override
    public Combiner<V, V> combiner() {
        return new Reducing<>(function);
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public boolean stateful() {
        return true;
    }

    @Override
    public int reach() {
        return length;
    }

    @Override
    public PartitionTask<K, V> open(PartitionContext context, Step<Pair<K, V>> out) {
        return new InverseFoldTask<>(
                context, length, slide, combiner(), inverse, filter.orElse(null), new SliceStore<>(context, true, out));
    }
}
