// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.Row;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.BatchFrame;
import io.millrace.table.execution.MetricsCode;
import io.millrace.table.execution.OperatorFigures;
import io.millrace.table.execution.QueryOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a query gave in one of its batches.
 *
 * @param frame the batch
 * @param watermarks how far the watermarks are
 * @param rows the rows
 * @param figures what the operators with state did, by number
 * @param observed the metrics that are observed, by name
 */
record BatchResult(
        BatchFrame frame,
        Optional<QueryOutput.Watermarks> watermarks,
        List<ColumnBatch> rows,
        TreeMap<Integer, OperatorFigures> figures,
        Map<String, Row> observed) {

    /**
     * What the engine's batch holds; empty if it is none of the query.
     *
     * @param metrics what is observed
     */
    static Optional<BatchResult> of(List<?> outputs, Map<String, MetricsCode> metrics) {
        Optional<BatchFrame> frame = Optional.empty();
        Optional<QueryOutput.Watermarks> watermarks = Optional.empty();
        List<ColumnBatch> rows = new ArrayList<>();
        List<ColumnBatch> changes = new ArrayList<>();
        TreeMap<Integer, OperatorFigures> figures = new TreeMap<>();
        Map<String, List<ColumnBatch>> gathered = new HashMap<>();
        for (Object one : outputs) {
            if (one instanceof QueryOutput.Began began) {
                frame = Optional.of(began.frame());
            } else if (one instanceof QueryOutput.Rows result) {
                (result.changes() ? changes : rows).add(result.batch());
            } else if (one instanceof QueryOutput.Watermarks reached) {
                watermarks = Optional.of(reached);
            } else if (one instanceof QueryOutput.Gathered some) {
                gathered.computeIfAbsent(some.name(), name -> new ArrayList<>()).add(some.part());
            } else if (one instanceof QueryOutput.Report report) {
                OperatorFigures some = report.figures();
                figures.merge(some.operator(), some, OperatorFigures::plus);
            }
        }
        rows.addAll(NetChanges.arrived(changes));
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Row> observed = new LinkedHashMap<>();
        metrics.forEach((name, code) -> observed.put(name, code.result(gathered.getOrDefault(name, List.of()))));
        return Optional.of(new BatchResult(frame.get(), watermarks, rows, figures, observed));
    }
}
