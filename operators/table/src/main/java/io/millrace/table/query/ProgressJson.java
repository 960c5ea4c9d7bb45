// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the progress of a query as Spark does. */
final class ProgressJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

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
        return node;
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
