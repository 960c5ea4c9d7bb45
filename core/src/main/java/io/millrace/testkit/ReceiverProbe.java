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
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.TextChunk;
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
    private @Nullable SinkQueueWithCancel<?> running;
    private int openings;

    /** Opens the receiver. */
    void open(Receiver<T> opened) {
        receiver = opened;
        ready.clear();
        Feed<T> feed = opened.open(new Context());
        running = feed instanceof Feed.Records<T> records
                ? run(records.records())
                : run(((Feed.Lines) (Feed<?>) feed).chunks());
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
        if (running != null) {
            running.cancel();
            running = null;
        }
    }

    private void pull() throws InterruptedException, TimeoutException {
        SinkQueueWithCancel<?> queue = running;
        if (queue == null) {
            throw new IllegalStateException("the receiver is not open");
        }
        try {
            Optional<?> element = queue.pull().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
            element.ifPresentOrElse(this::keep, this::openAgain);
        } catch (ExecutionException sourceFailed) {
            openAgain();
        }
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

    /** Knows a clock that stands still, so that no idle connection is closed in a slow test. */
    private static final class Context implements ReceiverContext {
        private final TimeSource time = new VirtualTime(Instant.EPOCH).source();

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
            return time;
        }

        @Override
        public Duration batchInterval() {
            return Duration.ofSeconds(1);
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
