// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a query.
 *
 * @param schema the columns; empty if it was refused
 * @param steps what each step gave, up to the one in which the query ended
 * @param refusal why it was not run
 */
public record Outcome(Optional<List<Column>> schema, List<Step> steps, Optional<Failure> refusal) {

    /** A column of the result. */
    public record Column(String name, String type) {}

    /**
     * The batches of one step.
     *
     * @param failure on what the query ended
     */
    public record Step(List<Batch> batches, Optional<Failure> failure) {}

    /**
     * One batch.
     *
     * @param rows in the form in which values are compared
     * @param watermark the one in force; empty if it does not matter
     * @param dropped rows dropped as late, per stateful operator; empty if it does not matter
     */
    public record Batch(
            long batchId, List<List<Object>> rows, Optional<Instant> watermark, Optional<List<Long>> dropped) {}

    /** An error; {@code at} is {@code define}, {@code start} or {@code run}. */
    public record Failure(String at, String condition, String message) {

        /** Whether its name is one that users may rely on. */
        boolean named() {
            return !condition.isEmpty() && !condition.startsWith("_LEGACY_");
        }

        @Override
        public String toString() {
            return at + " [" + condition + "] " + message;
        }
    }

    /** A query that was not run. */
    static Outcome refused(Failure failure) {
        return new Outcome(Optional.empty(), List.of(), Optional.of(failure));
    }

    /** Reads what a case expects. */
    static Outcome fromJson(JsonNode json) {
        if (json.has("error")) {
            return refused(
                    failure(json.get("error"), json.get("error").get("at").textValue()));
        }
        Schema schema = new Schema(StructuredCase.elements(json.get("schema")).stream()
                .map(column -> Field.of(
                        column.get("name").textValue(),
                        TypeText.parse(column.get("type").textValue())))
                .toList());
        List<Column> columns = StructuredCase.elements(json.get("schema")).stream()
                .map(column -> new Column(
                        column.get("name").textValue(), column.get("type").textValue()))
                .toList();
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : json.get("steps")) {
            List<Batch> batches = new ArrayList<>();
            step.get("batches").forEach(batch -> batches.add(batch(batch, schema)));
            steps.add(new Step(batches, Optional.ofNullable(step.get("error")).map(error -> failure(error, "run"))));
        }
        return new Outcome(Optional.of(columns), steps, Optional.empty());
    }

    private static Batch batch(JsonNode json, Schema schema) {
        List<List<Object>> rows = new ArrayList<>();
        for (JsonNode row : json.get("rows")) {
            rows.add(CaseValues.row(row, schema).stream()
                    .map(CaseValues::canonical)
                    .collect(ArrayList::new, List::add, List::addAll));
        }
        Optional<List<Long>> dropped = Optional.ofNullable(json.get("dropped"))
                .map(list -> StructuredCase.elements(list).stream()
                        .map(JsonNode::longValue)
                        .toList());
        Optional<Instant> watermark = Optional.ofNullable(json.get("watermark"))
                .map(JsonNode::textValue)
                .map(Instant::parse);
        return new Batch(json.get("batchId").longValue(), rows, watermark, dropped);
    }

    private static Failure failure(JsonNode json, String at) {
        String condition = json.path("condition").textValue();
        return new Failure(
                at, condition == null ? "" : condition, json.get("message").textValue());
    }
}
