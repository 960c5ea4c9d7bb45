// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.function.MapFunction;
import io.millrace.operator.Guard;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;

/**
 * Makes one record of each.
 *
 * @param kind {@code map} or {@code mapToPair}
 * @param function what makes it
 * @param <I> records in
 * @param <O> records out
 */
public record MapOperator<I, O>(String kind, MapFunction<? super I, ? extends O> function)
        implements RecordOperator<I, O> {

    @Override
    public Step<I> open(StepContext context, Step<O> out) {
        return context.fresh(MapStep.class, function, context.guard(), out);
    }

    static final class MapStep<I, O> implements Step<I> {
        private final MapFunction<I, O> function;
        private final Guard guard;
        private final Step<O> out;

        MapStep(MapFunction<I, O> function, Guard guard, Step<O> out) {
            this.function = function;
            this.guard = guard;
            this.out = out;
        }

        @Override
        public void push(I record) throws Exception {
            O result;
            try {
                result = function.apply(record);
            } catch (Throwable e) {
                guard.failed(record, e);
                return;
            }
            out.push(result);
        }
    }
}
