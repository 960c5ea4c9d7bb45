// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.StructColumn;

/**
 * Tells the clock the event times of the rows that pass.
 *
 * @param node the number of the watermark
 * @param column where the time is: a timestamp, or a window, whose end counts
 * @param skewMillis how far ahead of the engine's time a time may be and still move the watermark
 */
record ObserveTimes(int node, int column, long skewMillis) implements RecordOperator<ColumnBatch, QueryControl> {

    /** Any time moves the watermark. */
    static final long ANY_SKEW = Long.MAX_VALUE;

    @Override
    public String kind() {
        return "watermark";
    }

    @Override
    public Step<ColumnBatch> open(StepContext context, Step<QueryControl> out) {
        return batch -> {
            long bound = skewMillis == ANY_SKEW
                    ? Long.MAX_VALUE
                    : (context.batchTime().millis() + skewMillis) * 1000;
            QueryControl.Passed passed = observe(batch, bound, context);
            if (passed.times().count() > 0) {
                out.push(passed);
            }
        };
    }

    private QueryControl.Passed observe(ColumnBatch batch, long bound, StepContext context) {
        Column times = batch.column(column);
        LongColumn micros = times instanceof StructColumn window ? (LongColumn) window.fields()[1] : (LongColumn) times;
        long[] values = micros.values();
        long count = 0;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        int newest = -1;
        double sum = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (times.isNull(row) || micros.isNull(row)) {
                continue;
            }
            long value = values[row];
            count++;
            min = Math.min(min, value);
            if (value <= bound && value > max) {
                max = value;
                newest = row;
            }
            sum += Math.floorDiv(value, 1000L);
        }
        return new QueryControl.Passed(
                node,
                new EventTimes(count, min, max, sum),
                newest < 0 ? NewestRow.NONE : NewestRow.of(batch, newest, max, context.place()));
    }
}
