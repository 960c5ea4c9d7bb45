// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Guard;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.table.data.ColumnBatch;
import java.util.stream.IntStream;

/**
 * Gathers what a query observes of the rows that pass; of rows that may be taken back, those that come count.
 *
 * @param name the name of the metrics
 * @param code what is gathered
 * @param changes whether rows have a kind of change
 */
record GatherMetrics(String name, MetricsCode code, boolean changes)
        implements RecordOperator<ColumnBatch, QueryOutput> {

    @Override
    public String kind() {
        return "observe";
    }

    @Override
    public Step<ColumnBatch> open(StepContext context, Step<QueryOutput> out) {
        Guard guard = context.guard();
        return batch -> {
            ColumnBatch gathered;
            try {
                gathered = code.gathered(changes ? coming(batch) : batch);
            } catch (Throwable e) {
                guard.failed(batch.rows() + " rows", e);
                return;
            }
            if (gathered.rows() > 0) {
                out.push(new QueryOutput.Gathered(name, gathered));
            }
        };
    }

    private static ColumnBatch coming(ColumnBatch batch) {
        int[] kinds = Changes.of(batch);
        int[] places = IntStream.range(0, batch.rows())
                .filter(row -> kinds[row] == Changes.COMES)
                .toArray();
        return batch.select(places, places.length);
    }
}
