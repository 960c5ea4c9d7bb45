// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.testkit;

import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.LocalRun;
import io.millrace.table.execution.QueryGraph;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.query.DataStreamWriter;
import io.millrace.table.query.PlannedQuery;
import io.millrace.table.source.MemoryStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a query over recorded rows as one batch and as many, and compares. */
public final class StreamCheck {

    private StreamCheck() {}

    /**
     * Compares.
     *
     * @param query over memory streams, whose rows are the recording: what was added at once is a batch
     * @param recorded the rows of each stream, by its id
     * @param start starts the query over other streams of the same ids
     */
    public static CheckReport run(PlannedQuery query, Map<String, MemoryStream> recorded, DataStreamWriter start) {
        List<Row> expected = new ArrayList<>();
        LocalRun.run(
                        query.plan(),
                        scan -> recorded.containsKey(scan.id())
                                ? recorded.get(scan.id()).recorded().stream()
                                        .map(scan::of)
                                        .toList()
                                : PlannedQuery.read(query.tables().apply(scan.id()), scan))
                .forEach(batch -> expected.addAll(RowForm.rows(batch)));
        Map<String, MemoryStream> fed = new LinkedHashMap<>();
        recorded.forEach((id, stream) -> fed.put(id, MemoryStream.of(id, stream.schema())));
        PlannedQuery streamed = new PlannedQuery(query.plan(), query.mode(), query.options(), fed::get, query.tables());
        int steps = recorded.values().stream()
                .mapToInt(stream -> stream.recorded().size())
                .max()
                .orElse(0);
        List<Row> result = new ArrayList<>();
        int batches = 0;
        try (StepwiseQuery stepwise = StepwiseQuery.start(start, streamed, query.mode())) {
            for (int step = 0; step < steps; step++) {
                feed(QueryGraph.sources(query.plan()), recorded, fed, step);
                for (QueryBatch batch : stepwise.run()) {
                    if (query.mode() == OutputMode.COMPLETE) {
                        result.clear();
                    }
                    result.addAll(batch.rows());
                    batches++;
                }
            }
        }
        return new CheckReport(expected.size(), batches, difference(expected, result));
    }

    private static void feed(
            List<String> ids, Map<String, MemoryStream> recorded, Map<String, MemoryStream> fed, int step) {
        for (String id : ids) {
            MemoryStream from = recorded.get(id);
            MemoryStream to = fed.get(id);
            if (from != null && to != null) {
                List<ColumnBatch> parts = from.recorded();
                if (step < parts.size()) {
                    to.addBatch(parts.get(step));
                }
            }
        }
    }

    /** The first row that one has and the other has not, or not as often. */
    private static Optional<String> difference(List<Row> expected, List<Row> result) {
        Map<Row, Integer> left = new LinkedHashMap<>();
        expected.forEach(row -> left.merge(row, 1, Integer::sum));
        for (Row row : result) {
            Integer times = left.get(row);
            if (times == null) {
                return Optional.of("the stream gave " + row + ", which the batch did not, or not as often");
            }
            if (times == 1) {
                left.remove(row);
            } else {
                left.put(row, times - 1);
            }
        }
        return left.keySet().stream()
                .findFirst()
                .map(row -> "the batch gave " + row + ", which the stream did not, or not as often");
    }
}
