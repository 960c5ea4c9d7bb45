// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import io.millrace.receiver.LimitedReports;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.ReceiverContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * What the thread of a receiver does: it reads again what has to be, then goes on, until it is stopped or something fails. All clients
 * belong to it.
 *
 * @param <T> records
 */
final class PollLoop<T> implements Runnable {

    private final KafkaPlan<T> plan;
    private final ReceiverContext context;
    private final PolledBlocks<T> blocks;
    private final BrokerCommits commits;
    private final AtomicBoolean reportDue = new AtomicBoolean();
    private final LimitedReports badRecords;
    private volatile boolean stopped;
    private volatile @Nullable Consumer<byte[], byte[]> running;

    PollLoop(KafkaPlan<T> plan, ReceiverContext context, PolledBlocks<T> blocks, BrokerCommits commits) {
        this.plan = plan;
        this.context = context;
        this.blocks = blocks;
        this.commits = commits;
        this.badRecords = new LimitedReports(context, reports -> reportDue.set(true));
    }

    /** Ends it soon; may be called from any thread, and more than once. */
    void stop() {
        stopped = true;
        Consumer<byte[], byte[]> consumer = running;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    @Override
    public void run() {
        try (Consumer<byte[], byte[]> consumer = plan.consumers().get();
                TopicWatch watch = new TopicWatch(
                        plan.admins().get(),
                        plan.topics(),
                        plan.discovery(),
                        context.time().now())) {
            running = consumer;
            read(consumer, watch);
            badRecords.tell();
        } catch (WakeupException | InterruptException | InterruptedException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            running = null;
        }
    }

    private void fail(Throwable cause) {
        if (!stopped) {
            badRecords.tell();
            blocks.fail(cause);
        }
    }

    private void read(Consumer<byte[], byte[]> consumer, TopicWatch watch) throws InterruptedException {
        Map<TopicPartition, Uuid> found = watch.lookNow(this::isStopped);
        Map<String, Long> known = new TreeMap<>(context.offsets());
        BlockReplay<T> replay = new BlockReplay<>(this, consumer, found, blocks);
        for (List<OffsetRange> ranges : context.replays()) {
            if (!blocks.awaitRoom() || !replay.read(ranges)) {
                return;
            }
            ranges.forEach(range -> range.moveOn(known));
        }
        Readings<T> readings = new Readings<>(this, consumer, watch, blocks, plan.start());
        if (!stopped) {
            readings.begin(plan.topics(), found, known);
        }
        while (!stopped && blocks.awaitRoom()) {
            watch.look(context.time().now()).ifPresent(readings::look);
            readings.poll();
            commits.commit(consumer, context.time().now());
            if (reportDue.getAndSet(false)) {
                badRecords.tell();
            }
        }
    }

    /** What the job makes of a record; null if that failed and it is left out. */
    @Nullable
    T form(ConsumerRecord<byte[], byte[]> record) {
        try {
            T made = plan.form().of(record);
            if (made == null) {
                throw new NullPointerException("the function that maps records returned null");
            }
            return made;
        } catch (RuntimeException e) {
            String where = "the record " + record.offset() + " of " + record.topic() + "-" + record.partition();
            if (plan.onBadRecord() == OnTrouble.FAIL) {
                throw new IllegalStateException(where + " could not be read", e);
            }
            badRecords.add(where + " could not be read and is left out", e);
            return null;
        }
    }

    /** Records are gone: throws, or reports it and goes on. */
    void lost(OffsetsLostException loss) {
        if (plan.onLoss() == OnTrouble.FAIL) {
            throw loss;
        }
        context.reportError(loss.getMessage() + "; going on", loss);
    }

    /** What a record counts, in bytes. */
    static long size(ConsumerRecord<?, ?> record) {
        return Math.max(0, record.serializedKeySize()) + (long) Math.max(0, record.serializedValueSize());
    }
}
