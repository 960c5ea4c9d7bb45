// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.operator.Guard;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.table.data.ColumnBatch;

/**
 * Makes rows of each record of a receiver; a record without rows gives nothing.
 *
 * @param rows the rows of a record
 * @param <T> the records
 */
record ToRows<T>(ReceiverSource.Rows<T> rows) implements RecordOperator<T, ColumnBatch> {

    @Override
    public String kind() {
        return "rows";
    }

    @Override
    public Step<T> open(StepContext context, Step<ColumnBatch> out) {
        Guard guard = context.guard();
        return record -> {
            ColumnBatch batch;
            try {
                batch = rows.of(record);
            } catch (Throwable e) {
                guard.failed(record, e);
                return;
            }
            if (batch.rows() > 0) {
                out.push(batch);
            }
        };
    }
}
