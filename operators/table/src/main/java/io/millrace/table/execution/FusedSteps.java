// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.PartitionOperator;
import io.millrace.operator.RecordOperator;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.QueryPlan;

/** What stands behind each step of a plan that has no state. */
final class FusedSteps {

    private FusedSteps() {}

    static RecordOperator<ColumnBatch, ColumnBatch> fused(QueryPlan step, PhysicalQuery query) {
        if (step instanceof QueryPlan.Watermark) {
            return new BatchStep("watermark", batch -> batch);
        }
        throw new IllegalArgumentException("there is no operator for " + step);
    }

    static PartitionOperator<ColumnBatch, ?, ?, ColumnBatch> gathering(QueryPlan step) {
        if (step instanceof QueryPlan.Sort) {
            return new GatherOperator("sort", step.schema(), batch -> batch);
        }
        throw new IllegalArgumentException("there is no operator for " + step);
    }

    /** Some rows from the front, after others are left out. */
    static ColumnBatch first(ColumnBatch batch, long offset, long count) {
        int from = (int) Math.min(offset, batch.rows());
        int size = (int) Math.min(count, batch.rows() - from);
        if (size == batch.rows()) {
            return batch;
        }
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            places[i] = from + i;
        }
        return batch.select(places, size);
    }
}
