// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.actor.ActorSystem;
import akka.stream.Attributes;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.SinkQueueWithCancel;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.TextChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A receiver that runs, with a job that takes one chunk at a time; every wait is bounded. */
final class RunningFeed {

    private final SinkQueueWithCancel<TextChunk> queue;
    private CompletableFuture<Optional<TextChunk>> pulled;

    private RunningFeed(SinkQueueWithCancel<TextChunk> queue) {
        this.queue = queue;
        this.pulled = queue.pull().toCompletableFuture();
    }

    /** Opens and runs a receiver, and asks for the first chunk. */
    static RunningFeed open(Receiver<String> receiver, ReceiverContext context, ActorSystem system) {
        Feed.Lines feed = (Feed.Lines) receiver.open(context);
        return new RunningFeed(
                feed.chunks().runWith(Sink.<TextChunk>queue().withAttributes(Attributes.inputBuffer(1, 1)), system));
    }

    /** The next chunk, or nothing if the source ended; asks for the one after it. */
    Optional<TextChunk> next() throws Exception {
        Optional<TextChunk> chunk = last();
        pulled = queue.pull().toCompletableFuture();
        return chunk;
    }

    /** The next chunk, or nothing if the source ended; asks for no more. */
    Optional<TextChunk> last() throws Exception {
        return pulled.get(10, TimeUnit.SECONDS);
    }

    /** So many lines, as {@code origin position text}. */
    List<String> lines(int count) throws Exception {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            TextChunk chunk = next().orElseThrow();
            long position = chunk.position();
            for (String line : chunk.lines().utf8String().split("(?<=\n)", -1)) {
                if (!line.isEmpty()) {
                    lines.add(chunk.origin() + " " + position + " " + line.stripTrailing());
                    position += line.length();
                }
            }
        }
        return lines;
    }

    /** Why the source failed. */
    Throwable failure() throws InterruptedException, TimeoutException {
        try {
            Optional<TextChunk> chunk = pulled.get(10, TimeUnit.SECONDS);
            throw new AssertionError("no failure but " + chunk);
        } catch (ExecutionException failed) {
            return Objects.requireNonNull(failed.getCause());
        }
    }

    /** Whether nothing came so far. */
    boolean waits() {
        return !pulled.isDone();
    }

    void cancel() {
        queue.cancel();
    }
}
