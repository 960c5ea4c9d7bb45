// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.BatchFrame;
import io.millrace.table.execution.OperatorFigures;
import io.millrace.table.execution.QueryOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a query gave in one of its batches.
 *
 * @param frame the batch
 * @param watermarks how far the watermarks are
 * @param rows the rows
 * @param figures what the operators with state did, by number
 */
record BatchResult(
        BatchFrame frame,
        Optional<QueryOutput.Watermarks> watermarks,
        List<ColumnBatch> rows,
        TreeMap<Integer, OperatorFigures> figures) {

    /** What the engine's batch holds; empty if it is none of the query. */
    static Optional<BatchResult> of(List<?> outputs) {
        Optional<BatchFrame> frame = Optional.empty();
        Optional<QueryOutput.Watermarks> watermarks = Optional.empty();
        List<ColumnBatch> rows = new ArrayList<>();
        TreeMap<Integer, OperatorFigures> figures = new TreeMap<>();
        for (Object one : outputs) {
            QueryOutput output = LoggedOutput.read(one);
            if (output instanceof QueryOutput.Began began) {
                frame = Optional.of(began.frame());
            } else if (output instanceof QueryOutput.Rows result) {
                rows.add(result.changes() ? NetChanges.arrived(result.batch()) : result.batch());
            } else if (output instanceof QueryOutput.Watermarks reached) {
                watermarks = Optional.of(reached);
            } else if (output instanceof QueryOutput.Report report) {
                OperatorFigures some = report.figures();
                figures.merge(some.operator(), some, OperatorFigures::plus);
            }
        }
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BatchResult(frame.get(), watermarks, rows, figures));
    }
}
