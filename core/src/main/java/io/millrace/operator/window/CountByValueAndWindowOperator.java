// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Combiner;
import io.millrace.operator.Counting;
import io.millrace.operator.Exchange;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Counts how often each record occurs in a window; records that do not occur are left out.
 *
 * @param length how long the window is, in batch intervals of the parent
 * @param slide how many of them lie between two windows
 * @param <T> records
 */
public record CountByValueAndWindowOperator<T>(int length, int slide)
        implements PartitionOperator<T, T, Object, Pair<T, Long>> {

    @Override
    public String kind() {
        return "countByValueAndWindow";
    }

    @Override
    public Exchange exchange() {
        return Exchange.BY_KEY;
    }

    @Override
    public T key(T record) {
        return record;
    }

    @Override
    public Object value(T record) {
        return record;
    }

    @Override
    public Combiner<Object, Long> combiner() {
        return Counting.INSTANCE;
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
    public PartitionTask<T, Object> open(PartitionContext context, Step<Pair<T, Long>> out) {
        return new InverseFoldTask<>(
                context,
                length,
                slide,
                combiner(),
                (count, left) -> count - left,
                pair -> pair.value() != 0,
                new SliceStore<>(context, true, out));
    }
}
