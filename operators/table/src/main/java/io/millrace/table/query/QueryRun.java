// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.BatchFailedException;
import io.millrace.StreamingContext;
import io.millrace.listener.BatchInfo;
import io.millrace.listener.StopReport;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.BatchTime;
import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.execution.LateRows;
import io.millrace.table.execution.MetricsCode;
import io.millrace.table.execution.QueryOutput;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.source.OpenSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A query at work: hears what its job does, writes its batches, and knows when there is nothing more to do. Thread-safe; what comes from
 * the job comes on its output thread.
 */
final class QueryRun implements StreamingListener {

    /** After so many moments without a batch, beginning when the sources had nothing, everything is done that was there. */
    private static final int QUIET = 2;

    /** Writes a batch; false if it was there. */
    interface Writing {
        boolean write(SinkBatch batch) throws Exception;
    }

    private final QuerySpec spec;
    private final UUID runId = UUID.randomUUID();
    private final QueryEvents events;
    private final CompletableFuture<Optional<StreamingQueryException>> end = new CompletableFuture<>();
    private @Nullable StreamingContext context;
    private JobGraph.@Nullable Defined graph;
    private @Nullable ProgressKeeper progress;
    private @Nullable BatchResult written;
    private @Nullable Throwable failure;
    private @Nullable Throwable sinkFailure;
    private volatile @Nullable Thread outputThread;
    private String message = "Initializing sources";
    private @Nullable Instant lastTold;
    private Optional<QueryOutput.Watermarks> reached = Optional.empty();
    private boolean working;
    private boolean ending;
    private long moments;
    private long quiet;

    QueryRun(QuerySpec spec, QueryEvents events) {
        this.spec = spec;
        this.events = events;
    }

    QuerySpec spec() {
        return spec;
    }

    UUID runId() {
        return runId;
    }

    /** When it has ended, and by which error. */
    CompletableFuture<Optional<StreamingQueryException>> end() {
        return end;
    }

    /** The job it runs in and what was defined on it. */
    synchronized void runsIn(StreamingContext job, JobGraph.Defined defined) {
        context = job;
        graph = defined;
        progress = new ProgressKeeper(spec, runId, defined);
        message = "Waiting for data to arrive";
    }

    // ---- what it says ----

    synchronized StreamingQueryStatus status() {
        boolean available = graph != null && !isDrained(graph);
        return new StreamingQueryStatus(message, available || working, working);
    }

    synchronized List<StreamingQueryProgress> recent() {
        return progress == null ? List.of() : progress.recent();
    }

    synchronized boolean isEnding() {
        return ending || end.isDone();
    }

    /** What state waits for, after the last batch. */
    synchronized WatermarkReport why() {
        JobGraph.Defined defined = graph;
        if (defined == null) {
            return new WatermarkReport(Optional.empty(), List.of());
        }
        return WatermarkReport.of(defined.watermarks(), reached, defined.policy());
    }

    // ---- what the job does ----

    /** Writes what the job gave, if it is a batch of the query. */
    boolean write(BatchTime time, List<?> outputs, Writing sink) throws Exception {
        Map<String, MetricsCode> metrics;
        synchronized (this) {
            if (failure != null) {
                throw new IllegalStateException("The query " + spec.label() + " has failed and writes nothing more");
            }
            metrics = graph == null ? Map.of() : graph.metrics();
        }
        Optional<BatchResult> result = BatchResult.of(outputs, metrics);
        synchronized (this) {
            working = result.isPresent();
        }
        if (result.isEmpty()) {
            return true;
        }
        BatchResult batch = result.get();
        boolean news =
                tell(sink, new SinkBatch(batch.frame().batchId(), time, spec.schema(), spec.mode(), batch.rows()));
        synchronized (this) {
            written = batch;
            reached = batch.watermarks();
        }
        return news;
    }

    /** Writes late rows of a batch of the query. */
    boolean writeLate(LateRows table, BatchTime time, List<?> outputs, Writing sink) throws Exception {
        Optional<BatchResult> result = BatchResult.of(outputs, Map.of());
        synchronized (this) {
            if (failure != null) {
                throw new IllegalStateException("The query " + spec.label() + " has failed and writes nothing more");
            }
        }
        return result.isEmpty()
                || tell(
                        sink,
                        new SinkBatch(
                                result.get().frame().batchId(),
                                time,
                                table.schema(),
                                OutputMode.APPEND,
                                result.get().rows()));
    }

    private boolean tell(Writing sink, SinkBatch batch) throws Exception {
        outputThread = Thread.currentThread();
        try {
            return sink.write(batch);
        } finally {
            outputThread = null;
        }
    }

    @Override
    public void onReceiverError(int stream, String text, boolean reopening) {
        synchronized (this) {
            message = text;
        }
    }

    @Override
    public void onBatchCompleted(BatchInfo info) {
        outputThread = Thread.currentThread();
        try {
            Optional<StreamingQueryProgress> done = took(info);
            done.ifPresentOrElse(
                    report -> events.tell(
                            listener -> listener.onQueryProgress(new StreamingQueryListener.QueryProgress(report))),
                    () -> tellIdle(info.ended()));
            endIfDone();
        } finally {
            outputThread = null;
        }
    }

    private synchronized Optional<StreamingQueryProgress> took(BatchInfo info) {
        BatchResult batch = written;
        written = null;
        working = false;
        moments++;
        JobGraph.Defined defined = graph;
        boolean nothing = batch == null && info.succeeded() && defined != null && isDrained(defined);
        quiet = nothing ? quiet + 1 : 0;
        notifyAll();
        if (batch == null || progress == null) {
            lastTold = lastTold == null ? info.ended() : lastTold;
            return Optional.empty();
        }
        lastTold = info.ended();
        message = "Waiting for next trigger";
        return Optional.of(progress.add(batch, info));
    }

    private static boolean isDrained(JobGraph.Defined defined) {
        return defined.sources().stream().allMatch(QueryRun::isDrained);
    }

    private static boolean isDrained(OpenSource source) {
        return source.drained().getAsBoolean();
    }

    private void tellIdle(Instant now) {
        synchronized (this) {
            Instant last = lastTold;
            if (last == null || Duration.between(last, now).compareTo(spec.idle()) < 0) {
                return;
            }
            lastTold = now;
            message = "Waiting for data to arrive";
        }
        events.tell(listener -> listener.onQueryIdle(new StreamingQueryListener.QueryIdle(spec.id(), runId, now)));
    }

    private void endIfDone() {
        boolean done;
        synchronized (this) {
            done = spec.trigger().ends() && quiet >= QUIET && !ending;
        }
        if (done) {
            end(true);
        }
    }

    @Override
    public void onOutputFailed(BatchTime batch, String output, String description) {
        synchronized (this) {
            if (failure == null) {
                failure = new IllegalStateException(description);
            }
        }
        end(false);
    }

    /** The sink has not taken a batch, for which the job says only that it was refused. */
    synchronized void sinkFailed(Throwable cause) {
        sinkFailure = cause;
    }

    @Override
    public void onStopped(StopReport report) {
        end(false);
    }

    // ---- its end ----

    /** Ends the job; {@code graceful}: after what was received is processed. Does not wait. */
    void end(boolean graceful) {
        StreamingContext job;
        synchronized (this) {
            job = context;
            if (job == null || (ending && graceful)) {
                return;
            }
            ending = true;
            message = "Stopped";
        }
        var unused = job.stop(graceful).whenComplete((report, broken) -> ended(job, broken));
    }

    private void ended(StreamingContext job, @Nullable Throwable broken) {
        Throwable cause = cause(job);
        if (cause == null) {
            cause = broken;
        }
        synchronized (this) {
            cause = sinkFailure == null ? cause : sinkFailure;
            cause = cause == null ? failure : cause;
            failure = cause;
            message = cause == null ? "Stopped" : "Terminated with exception: " + cause.getMessage();
            notifyAll();
        }
        Optional<StreamingQueryException> exception =
                cause == null ? Optional.empty() : Optional.of(new StreamingQueryException(spec.label(), cause));
        if (end.complete(exception)) {
            Optional<String> condition =
                    exception.map(StreamingQueryException::condition).filter(name -> !name.equals("STREAM_FAILED"));
            events.tell(listener -> listener.onQueryTerminated(new StreamingQueryListener.QueryTerminated(
                    spec.id(), runId, exception.map(Throwable::getMessage), condition)));
        }
    }

    /** What the job failed by, if it did. */
    private static @Nullable Throwable cause(StreamingContext job) {
        try {
            var unused = job.awaitTermination(Duration.ZERO);
            return null;
        } catch (BatchFailedException e) {
            Throwable named = e;
            for (Throwable at = e; at != null; at = at.getCause()) {
                if (at instanceof QueryExecutionException || at instanceof AnalysisException) {
                    return at;
                }
                named = at;
            }
            return named;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Stops the query after what was received is processed, and waits, unless the query itself calls. */
    void stop() {
        end(true);
        if (!Thread.currentThread().equals(outputThread)) {
            var unused = end.join();
        }
    }

    /** Waits until everything is processed that the sources have now. */
    void processAllAvailable() throws InterruptedException {
        if (Thread.currentThread().equals(outputThread)) {
            throw new IllegalStateException(
                    "processAllAvailable cannot be called by the sink or a listener of the query, for whom it waits");
        }
        synchronized (this) {
            long since = moments + QUIET;
            while (!end.isDone() && (moments < since || quiet < QUIET)) {
                wait();
            }
        }
        Optional<StreamingQueryException> failed = end.getNow(Optional.empty());
        if (failed.isPresent()) {
            throw failed.get();
        }
    }

    /** Whether nothing more is to be done until new rows come; what a test asks between two moments. */
    synchronized boolean isQuiet() {
        return quiet >= 1;
    }
}
