// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.execution.QueryGraph;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.source.StreamSource;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A watermark of a query.
 *
 * @param node its number
 * @param column the column it is on
 * @param delay how late rows may come
 * @param sources the inputs whose rows pass it
 */
public record WatermarkInputs(int node, String column, Duration delay, List<String> sources) {

    /** Copies the list. */
    public WatermarkInputs {
        sources = List.copyOf(sources);
    }

    /** Those of a query, by their numbers. */
    static List<WatermarkInputs> of(QueryPlan plan, Function<String, StreamSource> streams) {
        Map<Integer, WatermarkInputs> found = new TreeMap<>();
        collect(plan, streams, found);
        return List.copyOf(found.values());
    }

    private static void collect(
            QueryPlan step, Function<String, StreamSource> streams, Map<Integer, WatermarkInputs> found) {
        if (step instanceof QueryPlan.Watermark watermark) {
            List<String> sources = QueryGraph.sources(watermark).stream()
                    .map(id -> streams.apply(id).description())
                    .toList();
            found.putIfAbsent(
                    watermark.node(),
                    new WatermarkInputs(
                            watermark.node(),
                            watermark.schema().field(watermark.column()).name(),
                            Duration.of(watermark.delayMicros(), ChronoUnit.MICROS),
                            sources));
        }
        step.inputs().forEach(input -> collect(input, streams, found));
    }
}
