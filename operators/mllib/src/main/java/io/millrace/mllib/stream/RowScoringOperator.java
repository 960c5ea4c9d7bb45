// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.table.Row;
import io.millrace.operator.Current;
import io.millrace.operator.Guard;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.operator.Versioned;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Scores rows with a pipeline; rows that it drops do not come out. */
record RowScoringOperator<M extends Transformer>(
        @Nullable M fixed, @Nullable Versioned<M> versioned, PlannedRows plans) implements RecordOperator<Row, Row> {

    @Override
    public String kind() {
        return "scoreRows";
    }

    @Override
    public Step<Row> open(StepContext context, Step<Row> out) {
        return context.fresh(RowStep.class, model(context), plans, context.guard(), out);
    }

    private Supplier<? extends Transformer> model(StepContext context) {
        if (versioned != null) {
            Current<M> current = context.current(versioned);
            return current::value;
        }
        M model = Objects.requireNonNull(fixed);
        return () -> model;
    }

    static final class RowStep implements Step<Row> {
        private final Supplier<? extends Transformer> model;
        private final PlannedRows plans;
        private final Guard guard;
        private final Step<Row> out;

        RowStep(Supplier<? extends Transformer> model, PlannedRows plans, Guard guard, Step<Row> out) {
            this.model = model;
            this.plans = plans;
            this.guard = guard;
            this.out = out;
        }

        @Override
        public void push(Row record) throws Exception {
            Row scored;
            try {
                scored = plans.score(model.get(), record);
            } catch (Throwable e) {
                guard.failed(record, e);
                return;
            }
            if (scored != null) {
                out.push(scored);
            }
        }
    }
}
