// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;

/**
 * The mapped values among what a {@link MapWithStateOperator} emits.
 *
 * @param <M> mapped values
 */
public record MappedValues<M>() implements RecordOperator<Object, M> {

    @Override
    public String kind() {
        return "mappedValues";
    }

    @Override
    public Step<Object> open(StepContext context, Step<M> out) {
        return context.fresh(MappedStep.class, out);
    }

    static final class MappedStep<M> implements Step<Object> {
        private final Step<M> out;

        MappedStep(Step<M> out) {
            this.out = out;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void push(Object record) throws Exception {
            if (!(record instanceof SnapshotEntry)) {
                out.push((M) record);
            }
        }
    }
}
