// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import io.millrace.receiver.OffsetRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Reads blocks again: from each partition exactly the ranges that the block had, in the order in which it had them.
 *
 * @param <T> records
 */
final class BlockReplay<T> {

    private static final Duration POLL = Duration.ofMillis(100);

    private final PollLoop<T> loop;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Uuid> found;
    private final PolledBlocks<T> blocks;

    BlockReplay(
            PollLoop<T> loop,
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Uuid> found,
            PolledBlocks<T> blocks) {
        this.loop = loop;
        this.consumer = consumer;
        this.found = found;
        this.blocks = blocks;
    }

    /** Delivers the block with these ranges; false if the loop was stopped before. */
    boolean read(List<OffsetRange> ranges) {
        Map<TopicPartition, OffsetRange> open = new HashMap<>();
        Map<String, List<T>> records = new HashMap<>();
        for (OffsetRange range : ranges) {
            records.put(range.split(), new ArrayList<>());
            if (range.from() < range.to() && isThere(range)) {
                open.put(partition(range), range);
            }
        }
        consumer.assign(open.keySet());
        consumer.resume(open.keySet()); // what was paused stays so when it is assigned again
        open.forEach((partition, range) -> consumer.seek(partition, range.from()));
        long size = 0;
        while (!open.isEmpty()) {
            if (loop.isStopped()) {
                return false;
            }
            ConsumerRecords<byte[], byte[]> polled = poll(open);
            for (OffsetRange range : List.copyOf(open.values())) {
                TopicPartition partition = partition(range);
                for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                    T made = record.offset() < range.to() ? loop.form(record) : null;
                    if (made != null) {
                        records.getOrDefault(range.split(), List.of()).add(made);
                        size += PollLoop.size(record);
                    }
                }
                if (consumer.position(partition) >= range.to()) {
                    open.remove(partition);
                    consumer.pause(List.of(partition));
                }
            }
        }
        List<T> all = new ArrayList<>();
        ranges.forEach(range -> all.addAll(records.getOrDefault(range.split(), List.of())));
        blocks.add(all, ranges, size);
        return true;
    }

    private boolean isThere(OffsetRange range) {
        TopicPartition partition = partition(range);
        Uuid id = found.get(partition);
        boolean there = id != null && Split.parse(range.split()).orElseThrow().isOf(id);
        if (!there) {
            loop.lost(new OffsetsLostException(
                    new OffsetRange(partition.toString(), range.from(), range.to()),
                    "the topic was deleted" + (id == null ? "" : " and created again")));
        }
        return there;
    }

    private ConsumerRecords<byte[], byte[]> poll(Map<TopicPartition, OffsetRange> open) {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach((partition, position) -> {
                OffsetRange range = open.get(partition);
                if (range != null) {
                    outOfRange(partition, range, position);
                }
            });
            return ConsumerRecords.empty();
        }
    }

    /** Part of the range is gone: goes on behind it, where its records begin again or where the range ends. */
    private void outOfRange(TopicPartition partition, OffsetRange range, long position) {
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        boolean retained = position < begin;
        long to = retained ? Math.min(begin, range.to()) : range.to();
        loop.lost(new OffsetsLostException(
                new OffsetRange(partition.toString(), position, to),
                retained ? "retention has passed, the partition begins at " + begin : "the end was cut off"));
        if (retained && begin < range.to()) {
            consumer.seek(partition, begin);
        } else {
            consumer.pause(List.of(partition));
            consumer.seek(partition, range.to());
        }
    }

    private static TopicPartition partition(OffsetRange range) {
        return Split.parse(range.split())
                .orElseThrow(() -> new IllegalStateException(
                        range + " is no range of a topic: the checkpoint is of another receiver"))
                .partition();
    }
}
