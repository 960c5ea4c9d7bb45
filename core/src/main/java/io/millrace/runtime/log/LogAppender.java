// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Appends to a log without waiting for the disk. Whatever is appended while a commit is under way shares the next one.
 *
 * <p>Thread-safe; no caller ever waits. All work with the disk is done by the executor, one piece at a time; its thread
 * also completes what was returned, so nothing slow is to be hung on that. Waiting bytes are bounded by {@link
 * LogSettings#maxPendingBytes}.
 */
public final class LogAppender {

    private final LogWriter writer;
    private final Executor executor;
    private final LogWatcher watcher;
    private final Object lock = new Object();

    /** Guarded by {@link #lock}, as all that follow. In the order of their numbers. */
    private final Queue<Appended> waiting = new ArrayDeque<>();

    private final Queue<Chore<?>> chores = new ArrayDeque<>();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    /** The executor has been asked, and is not done. */
    private boolean working;

    /** There was no room, and nobody has said to try again. */
    private boolean paused;

    /** The watcher was told that there is no room. */
    private boolean stalled;

    private boolean closing;
    private @Nullable IOException failure;

    private record Appended(long last, CompletableFuture<Long> promise) {}

    private record Chore<T>(Work<T> work, CompletableFuture<T> promise) {

        /** Does it. That there was no room concerns only who asked for it; all else is the end of the log. */
        void run() throws IOException {
            try {
                promise.complete(work.run());
            } catch (LogWriteException | IllegalArgumentException e) {
                promise.completeExceptionally(e);
            } catch (IOException e) {
                promise.completeExceptionally(e);
                throw e;
            }
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Appends to {@code writer}, which nobody else uses from now on.
     *
     * @param executor where the disk is waited for: one thread is enough; in a simulation it may run at once
     */
    public LogAppender(LogWriter writer, Executor executor, LogWatcher watcher) {
        this.writer = writer;
        this.executor = executor;
        this.watcher = watcher;
    }

    /** Bytes that were appended and are not on the disk; a caller looks at this before it takes in more. */
    public long pendingBytes() {
        return writer.pendingBytes();
    }

    /**
     * Appends records next to each other.
     *
     * @return completed with the number of the last one, once all are on the disk and no newer writer was there: only
     *     then act upon them. Fails as the log fails.
     * @throws IllegalArgumentException if there is none, or one is larger than a record may be
     * @throws IllegalStateException if too much waits already, and none is appended
     */
    public CompletionStage<Long> append(LogRecord... records) {
        CompletableFuture<Long> promise = new CompletableFuture<>();
        synchronized (lock) {
            if (failure != null) {
                return CompletableFuture.failedStage(failure);
            }
            if (closing) {
                return CompletableFuture.failedStage(ended());
            }
            waiting.add(new Appended(writer.append(records), promise));
        }
        wake();
        return promise;
    }

    /** As {@link LogWriter#truncateBefore}, after what was appended before. */
    public CompletionStage<Boolean> truncateBefore(long sequence) {
        return submit(() -> writer.truncateBefore(sequence));
    }

    /** As {@link LogWriter#roll}, after what was appended before. */
    public CompletionStage<Boolean> roll() {
        return submit(writer::roll);
    }

    /** Tries again if there was no room; else nothing. */
    public void retry() {
        synchronized (lock) {
            paused = false;
        }
        wake();
    }

    /** Brings to the disk what waits, fails it if there is no room, and lets the files go. */
    public CompletionStage<@Nullable Void> close() {
        synchronized (lock) {
            closing = true;
            paused = false;
        }
        wake();
        return closed;
    }

    private <T> CompletionStage<T> submit(Work<T> work) {
        Chore<T> chore = new Chore<>(work, new CompletableFuture<>());
        synchronized (lock) {
            if (failure != null) {
                return CompletableFuture.failedStage(failure);
            }
            if (closing) {
                return CompletableFuture.failedStage(ended());
            }
            chores.add(chore);
        }
        wake();
        return chore.promise();
    }

    private void wake() {
        synchronized (lock) {
            if (working || paused || failure != null) {
                return;
            }
            working = true;
        }
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            fail(e);
        }
    }

    private void work() {
        try {
            boolean more = true;
            while (more) {
                more = step();
            }
        } catch (LogWriteException e) {
            stall(e);
        } catch (IOException | RuntimeException e) {
            fail(e);
        } catch (Error e) {
            fail(e);
            throw e;
        }
    }

    /** One commit, and one chore after it. Returns whether there may be more to do. */
    private boolean step() throws IOException {
        boolean commit;
        Chore<?> chore;
        boolean last = false;
        synchronized (lock) {
            commit = !waiting.isEmpty();
            chore = chores.peek();
            if (!commit && chore == null) {
                working = false;
                last = closing;
                failure = last ? ended() : failure;
            }
        }
        if (commit) {
            settle(writer.commit());
        }
        if (chore != null) {
            synchronized (lock) {
                chores.remove();
            }
            chore.run();
        }
        if (last) {
            writer.close();
            closed.complete(null);
        }
        return commit || chore != null;
    }

    private void settle(long durable) {
        List<Appended> done = new ArrayList<>();
        boolean roomAgain;
        synchronized (lock) {
            for (Appended next = waiting.peek(); next != null && next.last() <= durable; next = waiting.peek()) {
                done.add(next);
                waiting.remove();
            }
            roomAgain = stalled;
            stalled = false;
        }
        if (roomAgain) {
            watcher.resumed();
        }
        done.forEach(appended -> appended.promise().complete(appended.last()));
    }

    private void stall(LogWriteException reason) {
        boolean first;
        boolean last;
        synchronized (lock) {
            first = !stalled;
            last = closing;
            stalled = true;
            paused = true;
            working = false;
        }
        if (last) {
            fail(reason);
        } else if (first) {
            watcher.stalled(reason);
        }
    }

    private void fail(Throwable cause) {
        IOException reason =
                cause instanceof IOException known ? known : new LogPoisonedException(writer.epoch(), cause);
        List<CompletableFuture<?>> lost = new ArrayList<>();
        synchronized (lock) {
            failure = reason;
            working = false;
            waiting.forEach(appended -> lost.add(appended.promise()));
            chores.forEach(chore -> lost.add(chore.promise()));
            waiting.clear();
            chores.clear();
        }
        try {
            writer.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
        watcher.failed(reason);
        lost.forEach(promise -> promise.completeExceptionally(reason));
        closed.complete(null);
    }

    private IOException ended() {
        return new LogPoisonedException(writer.epoch(), new IOException("it was closed"));
    }
}
