// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.function.MapWithFunction;
import io.millrace.operator.Current;
import io.millrace.operator.Guard;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.operator.Versioned;

/**
 * Makes one record of each, with a value that changes between batches only.
 *
 * @param kind {@code mapWith} or {@code mapToPairWith}
 * @param value the value
 * @param function what makes it
 * @param <V> the value
 * @param <I> records in
 * @param <O> records out
 */
public record MapWithOperator<V, I, O>(
        String kind, Versioned<V> value, MapWithFunction<? super V, ? super I, ? extends O> function)
        implements RecordOperator<I, O> {

    @Override
    public Step<I> open(StepContext context, Step<O> out) {
        return context.fresh(MapWithStep.class, context.current(value), function, context.guard(), out);
    }

    static final class MapWithStep<V, I, O> implements Step<I> {
        private final Current<V> current;
        private final MapWithFunction<V, I, O> function;
        private final Guard guard;
        private final Step<O> out;

        MapWithStep(Current<V> current, MapWithFunction<V, I, O> function, Guard guard, Step<O> out) {
            this.current = current;
            this.function = function;
            this.guard = guard;
            this.out = out;
        }

        @Override
        public void push(I record) throws Exception {
            O result;
            try {
                result = function.apply(current.value(), record);
            } catch (Throwable e) {
                guard.failed(record, e);
                return;
            }
            out.push(result);
        }
    }
}
