// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.Row;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a batch of a query, under Spark's names.
 *
 * @param id the query, the same after a restart from its checkpoint
 * @param runId the run of it
 * @param name its name; null if it has none
 * @param timestamp when the batch began
 * @param batchId which batch, from 0
 * @param batchDuration how long it took, in milliseconds
 * @param durationMs how long parts of the work took, in milliseconds
 * @param eventTime {@code min}, {@code max} and {@code avg} of the event times that came, and the {@code watermark}; only what there is
 * @param stateOperators the stateful operators, from the sink towards the sources
 * @param sources the sources
 * @param sink the sink
 * @param observedMetrics what {@link io.millrace.table.Table#observe(String, io.millrace.table.Column, io.millrace.table.Column...)} asked
 *     for, by name
 */
public record StreamingQueryProgress(
        UUID id,
        UUID runId,
        @Nullable String name,
        Instant timestamp,
        long batchId,
        long batchDuration,
        Map<String, Long> durationMs,
        Map<String, Instant> eventTime,
        List<StateOperatorProgress> stateOperators,
        List<SourceProgress> sources,
        SinkProgress sink,
        Map<String, Row> observedMetrics) {

    /** Copies the collections. */
    public StreamingQueryProgress {
        durationMs = Collections.unmodifiableMap(new LinkedHashMap<>(durationMs));
        eventTime = Collections.unmodifiableMap(new LinkedHashMap<>(eventTime));
        stateOperators = List.copyOf(stateOperators);
        sources = List.copyOf(sources);
        observedMetrics = Collections.unmodifiableMap(new LinkedHashMap<>(observedMetrics));
    }

    /** How many rows came, from all sources. */
    public long numInputRows() {
        return sources.stream().mapToLong(SourceProgress::numInputRows).sum();
    }

    /** How many rows came per second since the last batch; NaN for the first. */
    public double inputRowsPerSecond() {
        return sources.stream().mapToDouble(SourceProgress::inputRowsPerSecond).sum();
    }

    /** How many rows were processed per second of work. */
    public double processedRowsPerSecond() {
        return sources.stream()
                .mapToDouble(SourceProgress::processedRowsPerSecond)
                .sum();
    }

    /** As one line of JSON. */
    public String json() {
        return ProgressJson.compact(this);
    }

    /** As JSON on several lines. */
    public String prettyJson() {
        return ProgressJson.pretty(this);
    }

    @Override
    public String toString() {
        return prettyJson();
    }
}
