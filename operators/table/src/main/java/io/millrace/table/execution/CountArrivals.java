// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.table.data.ColumnBatch;

/**
 * Tells the clock how many rows come from a source.
 *
 * @param source its number
 */
record CountArrivals(int source) implements RecordOperator<ColumnBatch, QueryControl> {

    @Override
    public String kind() {
        return "arrivals";
    }

    @Override
    public Step<ColumnBatch> open(StepContext context, Step<QueryControl> out) {
        return batch -> {
            if (batch.rows() > 0) {
                out.push(new QueryControl.Arrived(source, batch.rows()));
            }
        };
    }
}
