// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Exchange;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import java.util.List;

/**
 * Brings all values of a key in a window together, those of older batches first.
 *
 * <p>Records are exchanged once, in the batch they come with; a window then costs what it emits.
 *
 * @param length how long the window is, in batch intervals of the parent
 * @param slide how many of them lie between two windows
 * @param <K> keys
 * @param <V> values
 */
public record GroupByKeyAndWindowOperator<K, V>(int length, int slide)
        implements PartitionOperator<Pair<K, V>, K, V, Pair<K, List<V>>> {

    @Override
    public String kind() {
        return "groupByKeyAndWindow";
    }

    @Override
    public Exchange exchange() {
        return Exchange.BY_KEY;
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
    public PartitionTask<K, V> open(PartitionContext context, Step<Pair<K, List<V>>> out) {
        return new GroupTask<>(context, length, slide, new SliceStore<>(context, true, out));
    }
}
