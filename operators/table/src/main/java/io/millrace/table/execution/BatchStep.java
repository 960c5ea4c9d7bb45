// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Guard;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.table.data.ColumnBatch;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * Makes of each batch of rows another one.
 *
 * @param kind what it does
 * @param works what makes it, by the time of the engine's batch in microseconds; for many threads
 */
record BatchStep(String kind, LongFunction<UnaryOperator<ColumnBatch>> works)
        implements RecordOperator<ColumnBatch, ColumnBatch> {

    @Override
    public Step<ColumnBatch> open(StepContext context, Step<ColumnBatch> out) {
        Guard guard = context.guard();
        return batch -> {
            ColumnBatch made;
            try {
                made = works.apply(1000 * context.batchTime().millis()).apply(batch);
            } catch (Throwable e) {
                guard.failed(batch.rows() + " rows", e);
                return;
            }
            if (made.rows() > 0) {
                out.push(made);
            }
        };
    }
}
