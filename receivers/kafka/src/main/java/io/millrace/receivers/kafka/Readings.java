// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import io.millrace.receiver.OffsetRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that are read, each as a split: where they begin, and what is done when they come, go or have lost what was to be read.
 *
 * @param <T> records
 */
final class Readings<T> {

    private static final Duration POLL = Duration.ofMillis(100);

    private final PollLoop<T> loop;
    private final Consumer<byte[], byte[]> consumer;
    private final TopicWatch watch;
    private final PolledBlocks<T> blocks;
    private final StartingOffsets start;
    private final Map<TopicPartition, Split> splits = new HashMap<>();

    Readings(
            PollLoop<T> loop,
            Consumer<byte[], byte[]> consumer,
            TopicWatch watch,
            PolledBlocks<T> blocks,
            StartingOffsets start) {
        this.loop = loop;
        this.consumer = consumer;
        this.watch = watch;
        this.blocks = blocks;
        this.start = start;
    }

    /**
     * Begins with all partitions that there are.
     *
     * @param known how far splits were read before
     */
    void begin(Set<String> topics, Map<TopicPartition, Uuid> found, Map<String, Long> known) {
        Map<TopicPartition, Long> before = known.keySet().stream()
                .flatMap(name -> Split.parse(name).stream())
                .filter(split -> topics.contains(split.partition().topic()))
                .map(Split::partition)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), partition -> newest(partition, found, known)));
        before.forEach((partition, offset) -> {
            if (!found.containsKey(partition)) {
                loop.lost(OffsetsLostException.from(partition.toString(), offset, "the topic was deleted"));
            }
        });
        Set<String> begun = before.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        for (String topic : topics) {
            if (!begun.contains(topic)
                    && found.keySet().stream().noneMatch(p -> p.topic().equals(topic))) {
                throw new IllegalStateException("there is no topic " + topic);
            }
        }
        Map<TopicPartition, Long> positions = new HashMap<>();
        Set<TopicPartition> fresh = new HashSet<>();
        Set<TopicPartition> later = new HashSet<>();
        found.forEach((partition, id) -> {
            Optional<Split> split = Split.newest(partition, id, known);
            if (split.isPresent() && split.get().isOf(id)) {
                long offset = known.getOrDefault(split.get().name(), 0L);
                splits.put(partition, split.get());
                positions.put(partition, offset);
                blocks.begin(split.get().name(), offset);
            } else {
                split.ifPresent(gone -> recreated(partition, known.getOrDefault(gone.name(), 0L)));
                splits.put(partition, new Split(partition, id, 0));
                (begun.contains(partition.topic()) ? later : fresh).add(partition);
            }
        });
        positions.putAll(fixed(startOf(fresh)));
        positions.putAll(announced(consumer.beginningOffsets(later)));
        consumer.assign(splits.keySet());
        consumer.resume(splits.keySet()); // a replay may have paused them
        positions.forEach(consumer::seek);
    }

    private static long newest(TopicPartition partition, Map<TopicPartition, Uuid> found, Map<String, Long> known) {
        Uuid id = found.getOrDefault(partition, Uuid.ZERO_UUID);
        return Split.newest(partition, id, known)
                .map(split -> known.getOrDefault(split.name(), 0L))
                .orElse(0L);
    }

    private Map<TopicPartition, Long> announced(Map<TopicPartition, Long> positions) {
        positions.forEach((partition, offset) -> blocks.announce(split(partition), offset));
        return positions;
    }

    /** The beginning will be found again, any other place may be another one next time. */
    private Map<TopicPartition, Long> fixed(Map<TopicPartition, Long> positions) {
        if (start instanceof StartingOffsets.Earliest) {
            return announced(positions);
        }
        Map<Split, Long> beginnings = new LinkedHashMap<>();
        positions.forEach((partition, offset) -> beginnings.put(split(partition), offset));
        blocks.fix(beginnings);
        return positions;
    }

    private Split split(TopicPartition partition) {
        Split split = splits.get(partition);
        if (split == null) {
            throw new IllegalStateException(partition + " is not read");
        }
        return split;
    }

    private Map<TopicPartition, Long> startOf(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        if (start instanceof StartingOffsets.Latest) {
            return consumer.endOffsets(partitions);
        }
        Map<TopicPartition, Long> positions = new HashMap<>(consumer.beginningOffsets(partitions));
        if (start instanceof StartingOffsets.At at) {
            positions.replaceAll((partition, beginning) -> at.offsets().getOrDefault(partition, beginning));
        } else if (start instanceof StartingOffsets.Since since) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long millis = since.time().toEpochMilli();
            Map<TopicPartition, Long> times = partitions.stream().collect(Collectors.toMap(p -> p, p -> millis));
            Map<TopicPartition, @Nullable OffsetAndTimestamp> first = consumer.offsetsForTimes(times);
            positions.replaceAll((partition, beginning) -> {
                OffsetAndTimestamp offset = first.get(partition);
                return offset == null ? ends.getOrDefault(partition, beginning) : offset.offset();
            });
        }
        return positions;
    }

    /** Reads what comes, for at most 100 ms. */
    void poll() throws InterruptedException {
        if (splits.isEmpty()) { // all topics were deleted; a consumer without partitions cannot be polled
            Thread.sleep(POLL.toMillis());
            return;
        }
        ConsumerRecords<byte[], byte[]> polled;
        try {
            polled = consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            outOfRange(e);
            return;
        }
        polled.nextOffsets().forEach((partition, next) -> {
            Split split = splits.get(partition);
            if (split == null) {
                return;
            }
            List<PolledBlocks.Made<T>> made = new ArrayList<>();
            long to = next.offset();
            try {
                for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                    to = record.offset();
                    T one = loop.form(record);
                    if (one != null) {
                        made.add(new PolledBlocks.Made<>(record.offset(), one, PollLoop.size(record)));
                    }
                }
                to = next.offset();
            } finally {
                blocks.add(split.name(), made, to);
            }
        });
    }

    /** Takes up partitions that are new, and those of topics that were created again. */
    void look(Map<TopicPartition, Uuid> found) {
        Set<TopicPartition> gone = new HashSet<>(splits.keySet());
        gone.removeAll(found.keySet());
        gone.forEach(partition -> {
            loop.lost(OffsetsLostException.from(
                    partition.toString(), consumer.position(partition), "the topic was deleted"));
            splits.remove(partition);
        });
        Set<TopicPartition> added = new HashSet<>();
        found.forEach((partition, id) -> {
            Split split = splits.get(partition);
            if (split != null && !split.isOf(id)) {
                recreated(partition, consumer.position(partition));
            }
            if (split == null || !split.isOf(id)) {
                splits.put(partition, new Split(partition, id, 0));
                added.add(partition);
            }
        });
        if (!added.isEmpty() || !gone.isEmpty()) {
            consumer.assign(splits.keySet());
            announced(consumer.beginningOffsets(added)).forEach(consumer::seek);
        }
    }

    private void recreated(TopicPartition partition, long offset) {
        loop.lost(OffsetsLostException.from(
                partition.toString(), offset, "the topic was deleted and created again, and begins anew"));
    }

    private void outOfRange(OffsetOutOfRangeException failure) throws InterruptedException {
        Map<TopicPartition, Split> before = Map.copyOf(splits);
        Map<TopicPartition, Uuid> found = watch.lookNow(loop::isStopped);
        if (loop.isStopped()) {
            return;
        }
        look(found);
        failure.offsetOutOfRangePartitions().forEach((partition, position) -> {
            Split split = splits.get(partition);
            if (split != null && split.equals(before.get(partition))) {
                outOfRange(split, position, divergence(failure, partition));
            }
        });
    }

    private static Optional<Long> divergence(OffsetOutOfRangeException failure, TopicPartition partition) {
        return failure instanceof LogTruncationException truncated
                ? Optional.ofNullable(truncated.divergentOffsets().get(partition))
                        .map(OffsetAndMetadata::offset)
                : Optional.empty();
    }

    private void outOfRange(Split split, long position, Optional<Long> divergence) {
        TopicPartition partition = split.partition();
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long end = divergence.orElse(consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L));
        if (position < begin) {
            loop.lost(new OffsetsLostException(
                    new OffsetRange(partition.toString(), position, begin),
                    "retention has passed, the partition begins at " + begin));
            consumer.seek(partition, begin);
        } else if (position > end) {
            loop.lost(new OffsetsLostException(
                    new OffsetRange(partition.toString(), end, position),
                    "the end was cut off, which was read already; the partition ends at " + end));
            Split next = split.afterCut();
            splits.put(partition, next);
            blocks.announce(next, end);
            consumer.seek(partition, end);
        } else {
            consumer.seek(partition, position);
        }
    }
}
