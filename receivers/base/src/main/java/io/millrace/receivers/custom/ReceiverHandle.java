// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.custom;

import io.millrace.receiver.Delivery;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.ReceiverContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * What the threads of one start of a {@link CustomReceiver} store with. Thread-safe.
 *
 * @param <T> records; they must not be changed once they are stored
 */
public final class ReceiverHandle<T> {

    private static final Duration RESTART_DELAY = Duration.ofSeconds(2);

    /** How the stage is reached. */
    interface Control<T> {
        void restart(ReceiverHandle<T> handle, Duration delay);

        void stop(ReceiverHandle<T> handle);
    }

    private final StoreBuffer<T> buffer;
    private final ReceiverContext context;
    private final Control<T> control;
    private volatile boolean stopped;

    ReceiverHandle(StoreBuffer<T> buffer, ReceiverContext context, Control<T> control) {
        this.buffer = buffer;
        this.context = context;
        this.control = control;
    }

    /**
     * Stores one record, unreliably: the engine puts it into a block with others, and it is lost if the executor dies, or the job is
     * stopped at once, before that block counts as received. A graceful stop processes all that was stored. Waits while the buffer is
     * full.
     *
     * @throws IllegalStateException if the receiver is stopped, or the thread is interrupted
     */
    public void store(T record) {
        buffer.put(new Delivery.Single<>(record), this);
    }

    /**
     * Stores a block, reliably: returns when it is held by as many executors as it must be and the driver knows of it, so that the source
     * may be told that they need not be kept any longer. The block is neither cut nor merged with others.
     *
     * @throws IllegalStateException if that is not known, since the receiver is stopped, its executor died, or the thread was
     *     interrupted; whoever stores the block again stores it at least once
     */
    public void store(List<T> records) {
        await(storing(records));
    }

    /**
     * The same without waiting for more than room in the buffer. Completes on a thread of the engine, so what depends on it must be short
     * and must not block.
     */
    public CompletionStage<Void> storeLater(List<T> records) {
        return storing(records).copy();
    }

    private CompletableFuture<Void> storing(List<T> records) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        buffer.put(new Delivery.Whole<>(records, new Stored(stored)), this);
        return stored;
    }

    private static void await(Future<Void> stored) {
        try {
            stored.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a block was stored", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a block was not stored: " + e.getCause(), e.getCause());
        }
    }

    /** Reports something wrong that the receiver got over by itself: it is logged and shown to listeners. */
    public void reportError(String message, Throwable cause) {
        context.reportError(message, cause);
    }

    /** Restarts the receiver after 2 s, as Spark does. */
    public void restart(String message) {
        restart(message, new IllegalStateException("asked for by the receiver"), RESTART_DELAY);
    }

    /** Restarts the receiver after 2 s, as Spark does. */
    public void restart(String message, Throwable cause) {
        restart(message, cause, RESTART_DELAY);
    }

    /**
     * Reports why, and has the receiver stopped and started again after a delay, without waiting for it. What was stored stays stored.
     * Does nothing if it is stopped already.
     *
     * @param delay by the job's clock; not negative
     */
    public void restart(String message, Throwable cause, Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative, but is " + delay);
        }
        if (!stopped) {
            context.reportError(message + "; starting again after " + delay, cause);
            control.restart(this, delay);
        }
    }

    /** Has the receiver stopped for good, without waiting for it. What was stored before is received. */
    public void stop() {
        control.stop(this);
    }

    /** Reports why, and has the receiver stopped for good. */
    public void stop(String message, Throwable cause) {
        context.reportError(message, cause);
        control.stop(this);
    }

    /** True until it is stopped or restarted, or its executor dies. */
    public boolean isStarted() {
        return !stopped;
    }

    /** True once it is stopped or restarted, or its executor died: the threads that were started have to end. */
    public boolean isStopped() {
        return stopped;
    }

    /** The number of the input stream, from 0. */
    public int streamId() {
        return context.streamId();
    }

    /** The clock and timer of the job, its batch interval and the executor. */
    public ReceiverContext context() {
        return context;
    }

    /** Nothing more can be stored with it. */
    void end() {
        stopped = true;
        buffer.wake();
    }

    private record Stored(CompletableFuture<Void> stored) implements Receipt {

        @Override
        public void received() {
            stored.complete(null);
        }

        @Override
        public void failed(Throwable cause) {
            stored.completeExceptionally(cause);
        }
    }
}
