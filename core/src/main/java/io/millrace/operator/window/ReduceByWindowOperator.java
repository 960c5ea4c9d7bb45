// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.function.ReduceFunction;
import io.millrace.operator.Combiner;
import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Makes one record of all records of a window; none of an empty window.
 *
 * @param function makes one record of two; called with the older first when they are of different batches
 * @param length how long the window is, in batch intervals of the parent
 * @param slide how many of them lie between two windows
 * @param <T> records
 */
public record ReduceByWindowOperator<T>(ReduceFunction<T> function, int length, int slide)
        implements PartitionOperator<T, Object, T, T> {

    @Override
    public String kind() {
        return "reduceByWindow";
    }

    @Override
    public Exchange exchange() {
        return Exchange.TO_ONE;
    }

    @Override
    public Combiner<T, T> combiner() {
        return new Reducing<>(function);
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
    public PartitionTask<Object, T> open(PartitionContext context, Step<T> out) {
        return new SlicedFoldTask<>(
                context, length, slide, combiner(), new SliceStore<>(context, false, SliceStore.values(out)));
    }
}
