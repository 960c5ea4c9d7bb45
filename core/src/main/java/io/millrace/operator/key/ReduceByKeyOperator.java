// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.function.ReduceFunction;
import io.millrace.operator.Combiner;
import io.millrace.operator.Exchange;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Makes one value of all values of a key in a batch.
 *
 * @param function makes one value of two
 * @param <K> keys
 * @param <V> values
 */
public record ReduceByKeyOperator<K, V>(ReduceFunction<V> function)
        implements PartitionOperator<Pair<K, V>, K, V, Pair<K, V>> {

    @Override
    public String kind() {
        return "reduceByKey";
    }

    @Override
    public Exchange exchange() {
        return Exchange.BY_KEY;
    }

    @Override
    public Combiner<V, V> combiner() {
        return new ReduceCombiner<>(function);
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public PartitionTask<K, V> open(PartitionContext context, Step<Pair<K, V>> out) {
        return new FoldTask<>(context, combiner(), out);
    }
}
