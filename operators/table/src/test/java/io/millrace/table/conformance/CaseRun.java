// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.conformance.Outcome.Batch;
import io.millrace.table.conformance.Outcome.Failure;
import io.millrace.table.conformance.Outcome.Step;
import io.millrace.table.conformance.StructuredCase.Form;
import io.millrace.table.conformance.StructuredCase.Input;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.QueryBatch;
import io.millrace.table.testkit.StepFailedException;
import io.millrace.table.testkit.StepwiseQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs cases through the public API, step by step in virtual time. */
final class CaseRun {

    private final StructuredCase structuredCase;
    private final TableSession session;
    private final Map<String, MemoryStream> streams = new LinkedHashMap<>();

    private CaseRun(StructuredCase structuredCase, TableSession session) {
        this.structuredCase = structuredCase;
        this.session = session;
    }

    /**
     * What becomes of a case.
     *
     * @throws UnsupportedCaseException if it says what the API does not have
     */
    static Outcome of(StructuredCase structuredCase, Form form, TableSession session) {
        return new CaseRun(structuredCase, session).run(form);
    }

    private Outcome run(Form form) {
        Table table;
        try {
            table = form == Form.SQL ? fromSql() : fromOperators();
        } catch (AnalysisException | IllegalArgumentException e) {
            return Outcome.refused(failure("define", e));
        }
        StepwiseQuery query;
        try {
            query = StepwiseQuery.start(
                    table, OutputMode.APPEND, writer -> writer.outputMode(structuredCase.outputMode()));
        } catch (AnalysisException | IllegalArgumentException e) {
            return Outcome.refused(failure("start", e));
        }
        try (query) {
            return new Outcome(Optional.of(columns(table)), steps(query), Optional.empty());
        }
    }

    private static Failure failure(String at, RuntimeException e) {
        String condition = e instanceof AnalysisException analysis ? analysis.condition() : "";
        return new Failure(at, condition, String.valueOf(e.getMessage()));
    }

    private static List<Outcome.Column> columns(Table table) {
        return table.schema().fields().stream()
                .map(field -> new Outcome.Column(field.name(), field.type().sql()))
                .toList();
    }

    // ---- the query ----

    private Map<String, Table> tables() {
        Map<String, Table> tables = new LinkedHashMap<>();
        for (Input input : structuredCase.inputs()) {
            if (input.fixed()) {
                List<Row> rows = input.rows().stream()
                        .map(row -> CaseValues.given(row, input.schema()))
                        .toList();
                tables.put(input.name(), session.fromRows(input.schema(), rows));
            } else {
                MemoryStream stream = MemoryStream.of(input.name(), input.schema());
                streams.put(input.name(), stream);
                tables.put(input.name(), session.createTable(stream));
            }
        }
        return tables;
    }

    private Table fromSql() {
        Map<String, Table> tables = tables();
        for (Input input : structuredCase.inputs()) {
            Table table = tables.get(input.name());
            if (input.watermark() != null) {
                table = table.withWatermark(
                        input.watermark().get("column").textValue(),
                        input.watermark().get("delay").textValue());
            }
            table.createOrReplaceTempView(input.name());
        }
        return session.sql(structuredCase.sql().orElseThrow());
    }

    private Table fromOperators() {
        OperatorList operators = new OperatorList(tables());
        structuredCase.nodes().forEach(operators::add);
        return operators.last();
    }

    // ---- its batches ----

    private List<Step> steps(StepwiseQuery query) {
        List<Step> steps = new ArrayList<>();
        for (int step = 0; step < structuredCase.steps(); step++) {
            for (Input input : structuredCase.inputs()) {
                if (!input.fixed()) {
                    streams.get(input.name())
                            .addRows(structuredCase.rows(step, input.name()).stream()
                                    .map(row -> CaseValues.given(row, input.schema()))
                                    .toList());
                }
            }
            try {
                steps.add(new Step(batches(query.run()), Optional.empty()));
            } catch (StepFailedException e) {
                Failure failure = new Failure("run", e.condition(), String.valueOf(e.getMessage()));
                steps.add(new Step(batches(e.batches()), Optional.of(failure)));
                return steps;
            }
        }
        return steps;
    }

    private static List<Batch> batches(List<QueryBatch> batches) {
        return batches.stream()
                .map(batch -> new Batch(
                        batch.batchId(),
                        batch.rows().stream().map(row -> values(row.values())).toList(),
                        Optional.of(batch.watermark().orElse(Instant.EPOCH)),
                        Optional.of(batch.dropped())))
                .toList();
    }

    /** The values of a row in the form in which values are compared. */
    static List<Object> values(List<?> row) {
        List<Object> values = new ArrayList<>();
        row.forEach(value -> values.add(CaseValues.canonical(plain(value))));
        return values;
    }

    /** A value with structs as maps from names. */
    private static Object plain(Object value) {
        if (value instanceof Row row) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                fields.put(row.schema().field(i).name(), plain(row.get(i)));
            }
            return fields;
        }
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(plain(element)));
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((key, mapped) -> entries.put(plain(key), plain(mapped)));
            return entries;
        }
        return value;
    }
}
