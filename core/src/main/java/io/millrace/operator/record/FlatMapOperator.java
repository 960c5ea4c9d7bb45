// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.function.FlatMapFunction;
import io.millrace.operator.Guard;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import java.util.Iterator;

/**
 * Makes any number of records of each.
 *
 * @param kind {@code flatMap} or {@code flatMapToPair}
 * @param function what makes them
 * @param <I> records in
 * @param <O> records out
 */
public record FlatMapOperator<I, O>(String kind, FlatMapFunction<? super I, ? extends O> function)
        implements RecordOperator<I, O> {

    @Override
    public Step<I> open(StepContext context, Step<O> out) {
        return context.fresh(FlatMapStep.class, function, context.guard(), out);
    }

    static final class FlatMapStep<I, O> implements Step<I> {
        private final FlatMapFunction<I, O> function;
        private final Guard guard;
        private final Step<O> out;

        FlatMapStep(FlatMapFunction<I, O> function, Guard guard, Step<O> out) {
            this.function = function;
            this.guard = guard;
            this.out = out;
        }

        @Override
        public void push(I record) throws Exception {
            Iterator<? extends O> results;
            try {
                results = function.apply(record).iterator();
            } catch (Throwable e) {
                guard.failed(record, e);
                return;
            }
            while (true) {
                O result;
                try {
                    if (!results.hasNext()) {
                        return;
                    }
                    result = results.next();
                } catch (Throwable e) {
                    guard.failed(record, e);
                    return;
                }
                out.push(result);
            }
        }
    }
}
