// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.table.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the progress of a query as Spark does. */
final class ProgressJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Times in rows: a fraction only where there is one. */
    private static final DateTimeFormatter ROW_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ProgressJson() {}

    static String compact(StreamingQueryProgress progress) {
        return tree(progress).toString();
    }

    static String pretty(StreamingQueryProgress progress) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(progress));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode tree(StreamingQueryProgress progress) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("id", progress.id().toString());
        node.put("runId", progress.runId().toString());
        node.put("name", progress.name());
        node.put("timestamp", text(progress.timestamp()));
        node.put("batchId", progress.batchId());
        node.put("batchDuration", progress.batchDuration());
        rates(node, progress.numInputRows(), progress.inputRowsPerSecond(), progress.processedRowsPerSecond());
        ObjectNode durations = node.putObject("durationMs");
        progress.durationMs().forEach(durations::put);
        ObjectNode times = node.putObject("eventTime");
        progress.eventTime().forEach((key, time) -> times.put(key, text(time)));
        ArrayNode operators = node.putArray("stateOperators");
        progress.stateOperators().forEach(operator -> operators.add(tree(operator)));
        ArrayNode sources = node.putArray("sources");
        for (SourceProgress source : progress.sources()) {
            ObjectNode one = sources.addObject();
            one.put("description", source.description());
            one.putNull("startOffset");
            one.putNull("endOffset");
            one.putNull("latestOffset");
            rates(one, source.numInputRows(), source.inputRowsPerSecond(), source.processedRowsPerSecond());
        }
        ObjectNode sink = node.putObject("sink");
        sink.put("description", progress.sink().description());
        sink.put("numOutputRows", progress.sink().numOutputRows());
        if (!progress.observedMetrics().isEmpty()) {
            ObjectNode metrics = node.putObject("observedMetrics");
            progress.observedMetrics().forEach((name, row) -> metrics.set(name, value(row)));
        }
        return node;
    }

    /** As Spark's rows: structs and maps as objects, times as text. */
    private static JsonNode value(@Nullable Object value) {
        if (value instanceof Row row) {
            ObjectNode node = MAPPER.createObjectNode();
            for (int i = 0; i < row.size(); i++) {
                node.set(Objects.requireNonNull(row.schema()).field(i).name(), value(row.get(i)));
            }
            return node;
        }
        if (value instanceof List<?> list) {
            ArrayNode node = MAPPER.createArrayNode();
            list.forEach(one -> node.add(value(one)));
            return node;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode node = MAPPER.createObjectNode();
            map.forEach((key, one) -> node.set(String.valueOf(key), value(one)));
            return node;
        }
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof byte[]) {
            return MAPPER.valueToTree(value);
        }
        return MAPPER.getNodeFactory()
                .textNode(value instanceof Instant time ? ROW_TIME.format(time) : value.toString());
    }

    private static ObjectNode tree(StateOperatorProgress operator) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("operatorName", operator.operatorName());
        node.put("numRowsTotal", operator.numRowsTotal());
        node.put("numRowsUpdated", operator.numRowsUpdated());
        node.put("numRowsRemoved", operator.numRowsRemoved());
        node.put("numRowsDroppedByWatermark", operator.numRowsDroppedByWatermark());
        return node;
    }

    /** As Spark, leaves out what is no number. */
    private static void rates(ObjectNode node, long rows, double in, double done) {
        node.put("numInputRows", rows);
        if (Double.isFinite(in)) {
            node.put("inputRowsPerSecond", in);
        }
        if (Double.isFinite(done)) {
            node.put("processedRowsPerSecond", done);
        }
    }

    private static String text(Instant instant) {
        return MILLIS.format(instant);
    }
}
