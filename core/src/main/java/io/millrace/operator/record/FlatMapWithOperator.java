// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.function.FlatMapFunction;
import io.millrace.function.MapWithFunction;
import io.millrace.operator.Current;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.operator.Versioned;

/**
 * Makes any number of records of each, with a value that changes between batches only.
 *
 * @param kind {@code flatMapWith} or {@code flatMapToPairWith}
 * @param value the value
 * @param function what makes them
 * @param <V> the value
 * @param <I> records in
 * @param <O> records out
 */
public record FlatMapWithOperator<V, I, O>(
        String kind,
        Versioned<V> value,
        MapWithFunction<? super V, ? super I, ? extends Iterable<? extends O>> function)
        implements RecordOperator<I, O> {

    @Override
    public Step<I> open(StepContext context, Step<O> out) {
        Current<V> current = context.current(value);
        FlatMapFunction<I, O> now = record -> function.apply(current.value(), record);
        return new FlatMapOperator<I, O>(kind, now).open(context, out);
    }
}
