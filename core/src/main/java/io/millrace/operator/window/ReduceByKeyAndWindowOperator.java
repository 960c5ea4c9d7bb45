// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.function.ReduceFunction;
import io.millrace.operator.Combiner;
import io.millrace.operator.Exchange;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Makes one value of all values of a key in a window. A key is there exactly if a batch of the window has it.
 *
 * @param function makes one value of two; called with the older first when they are of different batches
 * @param length how long the window is, in batch intervals of the parent
 * @param slide how many of them lie between two windows
 * @param <K> keys
 * @param <V> values
 */
public record ReduceByKeyAndWindowOperator<K, V>(ReduceFunction<V> function, int length, int slide)
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
        return new SlicedFoldTask<>(context, length, slide, combiner(), new SliceStore<>(context, true, out));
    }
}
