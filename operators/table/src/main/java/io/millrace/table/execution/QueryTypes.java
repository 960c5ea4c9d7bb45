// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.StreamingContextBuilder;
import io.millrace.operator.WireForm;
import io.millrace.table.data.BatchBytes;
import io.millrace.table.data.ColumnBatch;
import java.util.List;

/** What of a query goes from one process to another, or into a checkpoint, and under which names. */
final class QueryTypes {

    private static final List<Class<?>> RECORDS = List.of(
            GroupKey.class,
            ClockState.class,
            Shard.class,
            Part.class,
            QueryControl.Arrived.class,
            QueryControl.Passed.class,
            BatchFrame.class,
            EventTimes.class,
            OperatorFigures.class,
            QueryOutput.Began.class,
            QueryOutput.Watermarks.class,
            NewestRow.class,
            NewestRow.All.class,
            QueryOutput.Rows.class,
            QueryOutput.Late.class,
            QueryOutput.Gathered.class,
            QueryOutput.Report.class);

    private static final WireForm<ColumnBatch> BATCHES = new WireForm<>() {
        @Override
        public byte[] toBytes(ColumnBatch batch) {
            return BatchBytes.encode(batch);
        }

        @Override
        public ColumnBatch fromBytes(byte[] bytes) {
            return BatchBytes.decode(bytes);
        }
    };

    private QueryTypes() {}

    /** Makes them known to a job. */
    static StreamingContextBuilder register(StreamingContextBuilder builder) {
        builder.register("millrace.table.ColumnBatch", ColumnBatch.class, BATCHES);
        builder.register("millrace.table.GroupFold", GroupFold.class, GroupFold.WIRE);
        RECORDS.forEach(type -> builder.register("millrace.table." + type.getSimpleName(), type));
        return builder;
    }
}
