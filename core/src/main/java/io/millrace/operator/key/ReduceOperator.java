// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.function.ReduceFunction;
import io.millrace.operator.Combiner;
import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Makes one record of all records of a batch; none of an empty batch.
 *
 * @param function makes one record of two
 * @param <T> records
 */
public record ReduceOperator<T>(ReduceFunction<T> function) implements PartitionOperator<T, Object, T, T> {

    @Override
    public String kind() {
        return "reduce";
    }

    @Override
    public Exchange exchange() {
        return Exchange.TO_ONE;
    }

    @Override
    public Combiner<T, T> combiner() {
        return new ReduceCombiner<>(function);
    }

    @Override
    public PartitionTask<Object, T> open(PartitionContext context, Step<T> out) {
        return new TotalTask<>(context, combiner(), null, out);
    }
}
