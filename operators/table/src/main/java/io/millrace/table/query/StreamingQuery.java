// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A query that runs, or ran. Any method may be called by any thread. */
public final class StreamingQuery {

    private final QueryRun run;

    StreamingQuery(QueryRun run) {
        this.run = run;
    }

    /** The same when the query starts again from its checkpoint. */
    public UUID id() {
        return run.spec().id();
    }

    /** Another at every start. */
    public UUID runId() {
        return run.runId();
    }

    /** Its name, under which no other active query of the session runs; null if it has none. */
    public @Nullable String name() {
        return run.spec().name();
    }

    /** Whether it has not ended. */
    public boolean isActive() {
        return !run.end().isDone();
    }

    /** Whether the last look at the sources found nothing, and all that they had is processed. */
    public boolean isCaughtUp() {
        return run.isQuiet();
    }

    /** What it is doing. */
    public StreamingQueryStatus status() {
        return run.status();
    }

    /** The figures of the last batches, the oldest first; at most {@code TableSessionBuilder.recentProgress}, 100. */
    public List<StreamingQueryProgress> recentProgress() {
        return run.recent();
    }

    /** The figures of the last batch; null before the first. */
    public @Nullable StreamingQueryProgress lastProgress() {
        List<StreamingQueryProgress> recent = run.recent();
        return recent.isEmpty() ? null : recent.get(recent.size() - 1);
    }

    /** The error by which it ended; empty if it runs or ended without. */
    public Optional<StreamingQueryException> exception() {
        return run.end().getNow(Optional.empty());
    }

    /**
     * Waits for its end.
     *
     * @throws StreamingQueryException if it ended by an error
     */
    public void awaitTermination() throws InterruptedException {
        try {
            ended(run.end().get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Waits for its end, but no longer than this.
     *
     * @return whether it has ended
     * @throws StreamingQueryException if it ended by an error
     */
    public boolean awaitTermination(Duration limit) throws InterruptedException {
        try {
            ended(run.end().get(limit.toNanos(), TimeUnit.NANOSECONDS));
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void ended(Optional<StreamingQueryException> exception) {
        if (exception.isPresent()) {
            throw exception.get();
        }
    }

    /**
     * Waits until everything is processed that the sources have when this is called, the batches included that only close state. For
     * tests: with a source that never rests it may wait for ever.
     *
     * @throws StreamingQueryException if the query ends by an error meanwhile
     * @throws IllegalStateException if the query's own sink or listener calls it
     */
    public void processAllAvailable() throws InterruptedException {
        run.processAllAvailable();
    }

    /** Ends the query: what was received is processed and written, then it ends. Waits for that, unless its own sink or listener calls. */
    public void stop() {
        run.stop();
    }

    /** Prints how it runs. */
    public void explain() {
        explain(false);
    }

    /** Prints how it runs; with {@code extended} the logical and the optimised plan too. */
    public void explain(boolean extended) {
        System.out.println(run.spec().explain().apply(extended));
    }

    /** What windows and other state wait for: how far the watermark is, and which input holds it; after the last batch. */
    public WatermarkReport why() {
        return run.why();
    }

    QueryRun run() {
        return run;
    }
}
