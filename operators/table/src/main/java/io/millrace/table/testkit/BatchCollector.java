// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.testkit;

import io.millrace.table.query.StateOperatorProgress;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.query.StreamingQueryProgress;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TableSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what a query writes until it is asked for. */
final class BatchCollector implements TableSink {

    private final List<SinkBatch> written = new ArrayList<>();

    @Override
    public String description() {
        return "StepwiseQuery";
    }

    @Override
    public void write(SinkBatch batch) {
        written.add(batch);
    }

    /** What was written since this was called last, with the query's figures. */
    List<QueryBatch> take(StreamingQuery query) {
        List<StreamingQueryProgress> progress = query.recentProgress();
        List<QueryBatch> batches = new ArrayList<>();
        for (SinkBatch batch : written) {
            for (StreamingQueryProgress report : progress) {
                if (report.batchId() == batch.batchId()) {
                    batches.add(batch(batch, report));
                }
            }
        }
        written.clear();
        return batches;
    }

    private static QueryBatch batch(SinkBatch batch, StreamingQueryProgress report) {
        Optional<Instant> watermark = Optional.ofNullable(report.eventTime().get("watermark"));
        return new QueryBatch(
                batch.batchId(),
                batch.schema(),
                batch.rows(),
                watermark,
                report.stateOperators().stream()
                        .map(StateOperatorProgress::numRowsDroppedByWatermark)
                        .toList(),
                report.stateOperators().stream()
                        .map(StateOperatorProgress::numRowsTotal)
                        .toList());
    }
}
