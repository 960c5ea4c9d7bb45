// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.Attributes;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.SinkQueueWithCancel;
import akka.stream.javadsl.Source;
import com.typesafe.config.ConfigFactory;
import io.millrace.receiver.BatchSource;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.TextChunk;
import io.millrace.receiver.TextReceipt;
import io.millrace.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs a receiver as the engine does, for tests on real threads: takes its records one by one, and opens it again at once when its
 * source ends or fails.
 *
 * @param <T> records
 */
final class ReceiverProbe<T> {

    private static final int WAIT_SECONDS = 20;
    private static final int MOST_OPENINGS = 100;
    private static final Duration BATCH_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SPIN = Duration.ofMillis(1);
    private static final long MOST_SPINS = WAIT_SECONDS * 1000L;

    private final ActorSystem<Void> system = ActorSystem.create(
            Behaviors.empty(),
            "receiver-contract",
            ConfigFactory.parseMap(Map.of(
                            "akka.loglevel", "OFF",
                            "akka.stdout-loglevel", "OFF",
                            "akka.daemonic", true,
                            "akka.jvm-shutdown-hooks", "off"))
                    .withFallback(ConfigFactory.load()));
    private final Queue<T> ready = new ArrayDeque<>();
    private @Nullable Receiver<T> receiver;
    private final VirtualTime time = new VirtualTime(Instant.EPOCH);
    private final Duration tick;
    private @Nullable SinkQueueWithCancel<?> running;
    private @Nullable BatchSource<T> batches;
    private TextReceipt textReceipt = TextReceipt.NONE;
    private int openings;

    /**
     * Nothing is open yet.
     *
     * @param tick how far the receiver's clock moves each time that a record does not come at once
     */
    ReceiverProbe(Duration tick) {
        this.tick = tick;
    }

    /** Opens the receiver. */
    void open(Receiver<T> opened) {
        receiver = opened;
        ready.clear();
        cancel();
        Feed<T> feed = opened.open(new Context());
        if (feed instanceof Feed.Records<T> records) {
            running = run(records.records());
        } else if (feed instanceof Feed.Deliveries<T> deliveries) {
            running = run(deliveries.deliveries());
        } else if (feed instanceof Feed.Batches<T> asked) {
            batches = asked.source();
        } else {
            Feed.Lines lines = (Feed.Lines) (Feed<?>) feed;
            textReceipt = lines.receipt();
            running = run(lines.chunks());
        }
        openings++;
    }

    private <C> SinkQueueWithCancel<C> run(Source<C, ?> source) {
        return source.runWith(Sink.<C>queue().withAttributes(Attributes.inputBuffer(1, 1)), system);
    }

    /** The next records. */
    List<T> take(int count) throws InterruptedException, TimeoutException {
        List<T> taken = new ArrayList<>();
        while (taken.size() < count) {
            T next = ready.poll();
            if (next != null) {
                taken.add(next);
            } else {
                pull();
            }
        }
        return taken;
    }

    /** The next records, taken by another thread. */
    CompletableFuture<List<T>> takeSoon(int count) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return take(count);
                    } catch (InterruptedException | TimeoutException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> {
                    Thread thread = new Thread(task, "receiver-contract-takes");
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    /** Stops the receiver, as the engine does when the job ends. */
    void cancel() {
        batches = null;
        if (running != null) {
            running.cancel();
            running = null;
        }
    }

    private void pull() throws InterruptedException, TimeoutException {
        BatchSource<T> asked = batches;
        SinkQueueWithCancel<?> queue = running;
        if (asked != null) {
            nextBatch(asked);
        } else if (queue != null) {
            try {
                await(queue.pull().toCompletableFuture()).ifPresentOrElse(this::keep, this::openAgain);
            } catch (ExecutionException sourceFailed) {
                openAgain();
            }
        } else {
            throw new IllegalStateException("the receiver is not open");
        }
    }

    private void nextBatch(BatchSource<T> asked) throws TimeoutException {
        for (long spins = 0; spins < MOST_SPINS; spins++) {
            time.advanceTo(time.now().plus(BATCH_INTERVAL));
            List<Delivery.Whole<T>> blocks = asked.next(time.now());
            blocks.forEach(this::keep);
            if (!ready.isEmpty()) {
                return;
            }
            LockSupport.parkNanos(SPIN.toNanos());
        }
        throw new TimeoutException("no batch with a record in it came");
    }

    /** Waits for the element; as long as it does not come, the receiver's clock moves. */
    private Optional<?> await(CompletableFuture<? extends Optional<?>> element)
            throws InterruptedException, TimeoutException, ExecutionException {
        for (long spins = 0; !tick.isZero() && spins < MOST_SPINS; spins++) {
            try {
                return element.get(SPIN.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException notYet) {
                time.advanceTo(time.now().plus(tick));
            }
        }
        return element.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private void openAgain() {
        Receiver<T> again = receiver;
        if (again == null || openings >= MOST_OPENINGS) {
            throw new AssertionError("the source ended " + openings + " times and brought too little");
        }
        open(again);
    }

    @SuppressWarnings("unchecked")
    private void keep(Object element) {
        if (element instanceof TextChunk chunk) {
            chunk.lines().utf8String().lines().forEach(line -> ready.add((T) line));
            textReceipt.received(
                    chunk.origin(), chunk.position() + chunk.lines().length());
        } else if (element instanceof Delivery.Single<?> single) {
            ready.add((T) single.record());
        } else if (element instanceof Delivery.Whole<?> whole) {
            whole.records().forEach(record -> ready.add((T) record));
            whole.receipt().received();
        } else {
            ready.add((T) element);
        }
    }

    /** Ends what it runs in. */
    void end() throws InterruptedException, ExecutionException, TimeoutException {
        cancel();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Knows a clock that stands still unless it is to move, so that no idle connection is closed in a slow test. */
    private final class Context implements ReceiverContext {

        @Override
        public int streamId() {
            return 0;
        }

        @Override
        public String executor() {
            return "executor-0";
        }

        @Override
        public TimeSource time() {
            return time.source();
        }

        @Override
        public Duration batchInterval() {
            return BATCH_INTERVAL;
        }

        @Override
        public int maxLineBytes() {
            return 1 << 20;
        }

        @Override
        public void reportError(String message, Throwable cause) {
            // a source that breaks off is part of the contract
        }
    }
}
