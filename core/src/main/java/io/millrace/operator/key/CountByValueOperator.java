// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Combiner;
import io.millrace.operator.Counting;
import io.millrace.operator.Exchange;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Counts how often each record occurs in a batch.
 *
 * @param <T> records
 */
public record CountByValueOperator<T>() implements PartitionOperator<T, T, Object, Pair<T, Long>> {

    @Override
    public String kind() {
        return "countByValue";
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
    public PartitionTask<T, Object> open(PartitionContext context, Step<Pair<T, Long>> out) {
        return new FoldTask<>(context, combiner(), out);
    }
}
