// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.StreamingContextBuilder;
import io.millrace.table.execution.QueryOptions;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.source.TableFormats;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * How a session runs its queries.
 *
 * @param host what their jobs run in
 * @param queries those there are
 * @param formats the sources and sinks known by name
 * @param poll how often a query with the default trigger looks for rows
 * @param idle how long without a batch until listeners are told
 * @param recentProgress how many reports of a query are kept
 * @param options rules of execution, as the policy of watermarks
 * @param job options for every job
 * @param views makes a finished table known under a name
 */
public record QuerySettings(
        JobHost host,
        StreamingQueryManager queries,
        TableFormats formats,
        Duration poll,
        Duration idle,
        int recentProgress,
        QueryOptions options,
        Consumer<StreamingContextBuilder> job,
        BiConsumer<String, FiniteSource> views) {

    /** The same in another host, as a test has it. */
    public QuerySettings in(JobHost newHost) {
        return new QuerySettings(newHost, queries, formats, poll, idle, recentProgress, options, job, views);
    }
}
