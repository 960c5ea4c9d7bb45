// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to the queries of a session. Every method does nothing unless overridden.
 *
 * <p>Called by the thread on which the query writes its output, one call at a time per query; only {@link #onQueryStarted} is called by
 * the thread that starts it, before {@code start} returns. What it throws is logged.
 */
public interface StreamingQueryListener {

    /** A query runs. */
    default void onQueryStarted(QueryStarted event) {}

    /** A batch of a query is done. */
    default void onQueryProgress(QueryProgress event) {}

    /** A query has had no batch for {@code TableSessionBuilder.idleInterval}, 10 s, since the last batch or the last such call. */
    default void onQueryIdle(QueryIdle event) {}

    /** A query has ended, with or without an error. */
    default void onQueryTerminated(QueryTerminated event) {}

    /**
     * A query runs.
     *
     * @param id the same when the query starts again from its checkpoint
     * @param runId another at every start
     * @param name the name of the query; null if it has none
     * @param timestamp when it started
     */
    record QueryStarted(UUID id, UUID runId, @Nullable String name, Instant timestamp) {}

    /** A batch is done; {@code progress} has its figures. */
    record QueryProgress(StreamingQueryProgress progress) {}

    /** There is nothing to do. */
    record QueryIdle(UUID id, UUID runId, Instant timestamp) {}

    /**
     * A query has ended.
     *
     * @param exception what it ended by; empty if it was stopped or had nothing more to do
     * @param errorClass Spark's name for the error, if it has one
     */
    record QueryTerminated(UUID id, UUID runId, Optional<String> exception, Optional<String> errorClass) {}
}
