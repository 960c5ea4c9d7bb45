// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import akka.actor.typed.ActorSystem;
import akka.stream.Attributes;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.SinkQueueWithCancel;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.ReceiverContext;
import io.millrace.time.TimeSource;
import io.millrace.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A receiver that runs in real time, block by block, and what it reported. */
final class OpenReceiver implements AutoCloseable, ReceiverContext {

    private static final int WAIT_SECONDS = 30;

    final LinkedBlockingQueue<String> reports = new LinkedBlockingQueue<>();
    private final List<Delivery.Whole<String>> taken = new ArrayList<>();
    private final Map<String, Long> offsets;
    private final List<List<OffsetRange>> replays;
    private final SinkQueueWithCancel<? extends Delivery<String>> queue;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "open-receiver-timer");
        thread.setDaemon(true);
        return thread;
    });

    OpenReceiver(
            ActorSystem<?> system,
            KafkaReceiver<String> receiver,
            Map<String, Long> offsets,
            List<List<OffsetRange>> replays) {
        this.offsets = Map.copyOf(offsets);
        this.replays = List.copyOf(replays);
        Feed.Deliveries<String> feed = (Feed.Deliveries<String>) receiver.open(this);
        this.queue = feed.deliveries()
                .map(delivery -> (Delivery<String>) delivery)
                .runWith(Sink.<Delivery<String>>queue().withAttributes(Attributes.inputBuffer(1, 1)), system);
    }

    /** The next block, which then counts; what the source failed with is thrown. */
    Delivery.Whole<String> next() throws InterruptedException, TimeoutException {
        try {
            Delivery<String> next = queue.pull()
                    .toCompletableFuture()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS)
                    .orElseThrow();
            Delivery.Whole<String> whole = (Delivery.Whole<String>) next;
            taken.add(whole);
            whole.receipt().received();
            return whole;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError("the source failed oddly", e.getCause());
        }
    }

    /** So many records, of as many blocks as that takes. */
    List<String> records(int count) throws InterruptedException, TimeoutException {
        List<String> records = new ArrayList<>();
        while (records.size() < count) {
            records.addAll(next().records());
        }
        return records;
    }

    /** All blocks so far. */
    List<Delivery.Whole<String>> taken() {
        return taken;
    }

    /** How far the source was read when those that were taken count. */
    Map<String, Long> offsetsAfter() {
        return after(offsets, taken);
    }

    static Map<String, Long> after(Map<String, Long> before, List<Delivery.Whole<String>> blocks) {
        Map<String, Long> after = new TreeMap<>(before);
        blocks.forEach(block -> block.ranges().forEach(range -> range.moveOn(after)));
        return after;
    }

    String report() throws InterruptedException {
        String report = reports.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("no report came");
        }
        return report;
    }

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
        return new TimeSource(InstantSource.system(), this::at);
    }

    private Timer.Scheduled at(Instant at, Runnable task) {
        long nanos = Duration.between(InstantSource.system().instant(), at).toNanos();
        ScheduledFuture<?> future = timer.schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public Duration batchInterval() {
        return Duration.ofMillis(50);
    }

    @Override
    public Map<String, Long> offsets() {
        return offsets;
    }

    @Override
    public List<List<OffsetRange>> replays() {
        return replays;
    }

    @Override
    public int maxLineBytes() {
        return 1 << 20;
    }

    @Override
    public void reportError(String message, Throwable cause) {
        reports.add(message);
    }

    @Override
    public void close() {
        queue.cancel();
        timer.shutdownNow();
    }
}
