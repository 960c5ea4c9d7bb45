// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.listener.BatchInfo;
import io.millrace.table.execution.BatchFrame;
import io.millrace.table.execution.EventTimes;
import io.millrace.table.execution.OperatorFigures;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes and keeps the progress reports of a query. Thread-safe. */
final class ProgressKeeper {

    private static final double MILLIS = 1_000;

    private final QuerySpec spec;
    private final UUID runId;
    private final JobGraph.Defined graph;
    private final Deque<StreamingQueryProgress> recent = new ArrayDeque<>();
    private @Nullable Instant before;

    ProgressKeeper(QuerySpec spec, UUID runId, JobGraph.Defined graph) {
        this.spec = spec;
        this.runId = runId;
        this.graph = graph;
    }

    /** The reports that are kept, the oldest first. */
    synchronized List<StreamingQueryProgress> recent() {
        return List.copyOf(recent);
    }

    /** Takes note of a batch. */
    synchronized StreamingQueryProgress add(BatchResult result, BatchInfo info) {
        StreamingQueryProgress progress = progress(result, info);
        before = info.started();
        recent.add(progress);
        if (recent.size() > spec.recent()) {
            recent.removeFirst();
        }
        return progress;
    }

    private StreamingQueryProgress progress(BatchResult result, BatchInfo info) {
        long worked = Math.max(1, info.processingDelay().toMillis());
        Map<String, Long> durations = new LinkedHashMap<>();
        durations.put("addBatch", info.processingDelay().toMillis());
        durations.put("getBatch", info.schedulingDelay().toMillis());
        durations.put("triggerExecution", info.totalDelay().toMillis());
        long written = result.rows().stream().mapToLong(rows -> rows.rows()).sum();
        return new StreamingQueryProgress(
                spec.id(),
                runId,
                spec.name(),
                info.submitted(),
                result.frame().batchId(),
                info.totalDelay().toMillis(),
                durations,
                eventTime(result.frame()),
                operators(result),
                sources(result.frame(), info.started(), worked),
                new SinkProgress(spec.sink().description(), written),
                result.observed());
    }

    private static Map<String, Instant> eventTime(BatchFrame frame) {
        Map<String, Instant> times = new LinkedHashMap<>();
        EventTimes came = frame.times();
        if (came.count() > 0) {
            times.put("avg", Instant.ofEpochMilli(came.averageMillis()));
            times.put("max", instant(came.maxMicros()));
            times.put("min", instant(came.minMicros()));
        }
        if (frame.hasWatermark()) {
            times.put("watermark", instant(frame.watermarkMicros()));
        }
        return times;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private List<StateOperatorProgress> operators(BatchResult result) {
        List<StateOperatorProgress> operators = new ArrayList<>();
        int known = result.figures().isEmpty() ? 0 : result.figures().lastKey() + 1;
        for (int i = 0; i < Math.max(known, graph.operators().size()); i++) {
            OperatorFigures figures = result.figures().getOrDefault(i, new OperatorFigures(i, 0, 0, 0, 0));
            operators.add(new StateOperatorProgress(
                    i < graph.operators().size() ? graph.operators().get(i) : "operator-" + i,
                    figures.stateRows(),
                    figures.updated(),
                    figures.removed(),
                    figures.dropped()));
        }
        return operators;
    }

    private List<SourceProgress> sources(BatchFrame frame, Instant started, long workedMillis) {
        double since = before == null
                ? Double.NaN
                : Math.max(1, Duration.between(before, started).toMillis());
        List<SourceProgress> sources = new ArrayList<>();
        for (int i = 0; i < graph.descriptions().size(); i++) {
            long rows = i < frame.inputRows().size() ? frame.inputRows().get(i) : 0;
            sources.add(new SourceProgress(
                    graph.descriptions().get(i), rows, rows * MILLIS / since, rows * MILLIS / workedMillis));
        }
        return sources;
    }
}
