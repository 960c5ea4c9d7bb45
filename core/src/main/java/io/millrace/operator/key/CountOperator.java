// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Combiner;
import io.millrace.operator.Counting;
import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Counts the records of a batch: one number per batch, 0 for an empty one.
 *
 * @param <T> records
 */
public record CountOperator<T>() implements PartitionOperator<T, Object, Object, Long> {

    @Override
    public String kind() {
        return "count";
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
    public boolean worksOnNothing() {
        return true;
    }

    @Override
    public PartitionTask<Object, Object> open(PartitionContext context, Step<Long> out) {
        return new TotalTask<>(context, combiner(), 0L, out);
    }
}
