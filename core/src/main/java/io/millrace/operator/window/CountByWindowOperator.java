// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Combiner;
import io.millrace.operator.Counting;
import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Counts the records of a window: nothing before the first record ever, then a number per window, 0 included, as in Spark.
 *
 * @param length how long the window is, in batch intervals of the parent
 * @param slide how many of them lie between two windows
 * @param <T> records
 */
public record CountByWindowOperator<T>(int length, int slide) implements PartitionOperator<T, Object, Object, Long> {

    @Override
    public String kind() {
        return "countByWindow";
    }

    @Override
    public Exchange exchange() {
        return Exchange.TO_ONE;
    }

    @Override
    public Combiner<Object, Long> combiner() {
        return Counting.INSTANCE;
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
    public PartitionTask<Object, Object> open(PartitionContext context, Step<Long> out) {
        return new InverseFoldTask<>(
                context,
                length,
                slide,
                combiner(),
                (count, left) -> count - left,
                null,
                new SliceStore<>(context, false, SliceStore.values(out)));
    }
}
