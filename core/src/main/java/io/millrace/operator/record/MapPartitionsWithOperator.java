// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.function.MapPartitionsFunction;
import io.millrace.function.MapWithFunction;
import io.millrace.operator.Current;
import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import io.millrace.operator.Versioned;
import java.util.List;

/**
 * Makes any number of records of all records of a partition, with a value that changes between batches only; see
 * {@link MapPartitionsOperator} for which partitions there are.
 *
 * @param value the value
 * @param function what makes them; gets the records of a partition, unmodifiable
 * @param <V> the value
 * @param <I> records in
 * @param <O> records out
 */
public record MapPartitionsWithOperator<V, I, O>(
        Versioned<V> value, MapWithFunction<? super V, ? super List<I>, ? extends Iterable<? extends O>> function)
        implements PartitionOperator<I, Object, I, O> {

    @Override
    public String kind() {
        return "mapPartitionsWith";
    }

    @Override
    public Exchange exchange() {
        return Exchange.IN_PLACE;
    }

    @Override
    public boolean worksOnNothing() {
        return true;
    }

    @Override
    public PartitionTask<Object, I> open(PartitionContext context, Step<O> out) {
        Current<V> current = context.current(value);
        MapPartitionsFunction<I, O> now = records -> function.apply(current.value(), records);
        return new MapPartitionsOperator<I, O>(kind(), now).open(context, out);
    }
}
