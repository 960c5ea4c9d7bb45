// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The queries of a session. Thread-safe. */
public final class StreamingQueryManager {

    private final QueryEvents events = new QueryEvents();
    private final Map<UUID, StreamingQuery> active = new LinkedHashMap<>();
    private @Nullable StreamingQuery lastEnded;
    private boolean anyEnded;
    private boolean closed;

    /** No queries yet. */
    public StreamingQueryManager() {}

    /** Those that have not ended, in the order of their start. */
    public synchronized List<StreamingQuery> active() {
        return List.copyOf(active.values());
    }

    /** An active query; null if there is none of this id. */
    public synchronized @Nullable StreamingQuery get(UUID id) {
        return active.get(id);
    }

    /**
     * Waits until any query has ended since the session began or {@link #resetTerminated} was called.
     *
     * @throws StreamingQueryException if it ended by an error
     */
    public void awaitAnyTermination() throws InterruptedException {
        synchronized (this) {
            while (!anyEnded) {
                wait();
            }
        }
        throwIfFailed();
    }

    /**
     * The same, but waits no longer than this.
     *
     * @return whether one has ended
     */
    public boolean awaitAnyTermination(Duration limit) throws InterruptedException {
        synchronized (this) {
            if (!anyEnded && !limit.isZero()) {
                TimeUnit.NANOSECONDS.timedWait(this, limit.toNanos());
            }
            if (!anyEnded) {
                return false;
            }
        }
        throwIfFailed();
        return true;
    }

    private void throwIfFailed() {
        Optional<StreamingQueryException> exception;
        synchronized (this) {
            exception = lastEnded == null ? Optional.empty() : lastEnded.exception();
        }
        if (exception.isPresent()) {
            throw exception.get();
        }
    }

    /** Forgets the queries that have ended, so that {@link #awaitAnyTermination} waits for another. */
    public synchronized void resetTerminated() {
        anyEnded = false;
        lastEnded = null;
    }

    /** Tells this listener what happens from now on. */
    public void addListener(StreamingQueryListener listener) {
        events.add(listener);
    }

    /** Tells this listener nothing more. */
    public void removeListener(StreamingQueryListener listener) {
        events.remove(listener);
    }

    /** The listeners. */
    public List<StreamingQueryListener> listListeners() {
        return events.all();
    }

    /** Starts a query. */
    StreamingQuery start(QuerySpec spec, JobHost host) {
        QueryRun run = new QueryRun(spec, events);
        StreamingQuery query = new StreamingQuery(run);
        register(query);
        try {
            QueryJob.start(run, host);
        } catch (RuntimeException e) {
            forget(query);
            throw e;
        }
        var unused = run.end().thenAccept(exception -> ended(query, exception.isPresent()));
        events.tell(listener -> listener.onQueryStarted(
                new StreamingQueryListener.QueryStarted(spec.id(), run.runId(), spec.name(), host.now())));
        return query;
    }

    private synchronized void register(StreamingQuery query) {
        if (closed) {
            throw new IllegalStateException("The session is closed and starts no more queries");
        }
        String name = query.name();
        if (name != null && active.values().stream().anyMatch(other -> name.equals(other.name()))) {
            throw new IllegalArgumentException(
                    "Cannot start query with name " + name + " as a query with that name is already active");
        }
        if (active.putIfAbsent(query.id(), query) != null) {
            throw new IllegalStateException("Cannot start query with id " + query.id()
                    + " as another query with same id is already active: stop it, or use another checkpoint location");
        }
    }

    private synchronized void forget(StreamingQuery query) {
        active.remove(query.id(), query);
    }

    private synchronized void ended(StreamingQuery query, boolean failed) {
        forget(query);
        if (!anyEnded || failed) {
            lastEnded = query;
        }
        anyEnded = true;
        notifyAll();
    }

    /** Ends all queries and starts no more. */
    public void close() {
        List<StreamingQuery> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(active.values());
        }
        left.forEach(query -> query.run().end(true));
        left.forEach(StreamingQuery::stop);
    }
}
