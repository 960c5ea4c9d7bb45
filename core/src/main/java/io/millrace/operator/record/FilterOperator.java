// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.function.FilterFunction;
import io.millrace.operator.Guard;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;

/**
 * Lets the records through that a function wants.
 *
 * @param function says which
 * @param <T> records
 */
public record FilterOperator<T>(FilterFunction<? super T> function) implements RecordOperator<T, T> {

    @Override
    public String kind() {
        return "filter";
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public Step<T> open(StepContext context, Step<T> out) {
        return context.fresh(FilterStep.class, function, context.guard(), out);
    }

    static final class FilterStep<T> implements Step<T> {
        private final FilterFunction<T> function;
        private final Guard guard;
        private final Step<T> out;

        FilterStep(FilterFunction<T> function, Guard guard, Step<T> out) {
            this.function = function;
            this.guard = guard;
            this.out = out;
        }

        @Override
        public void push(T record) throws Exception {
            boolean stays;
            try {
                stays = function.test(record);
            } catch (Throwable e) {
                guard.failed(record, e);
                return;
            }
            if (stays) {
                out.push(record);
            }
        }
    }
}
