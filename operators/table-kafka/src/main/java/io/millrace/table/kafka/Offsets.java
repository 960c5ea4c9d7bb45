// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.receivers.kafka.StartingOffsets;
import io.millrace.table.AnalysisException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Places in the partitions of some topics, as users say them. */
sealed interface Offsets {

    /** Stands for the first record in JSON. */
    long FIRST = -2;

    /** Stands for the end in JSON. */
    long END = -1;

    /** One end of every partition. */
    record Bound(boolean isFirst) implements Offsets {}

    /** The first record that is not older than these milliseconds since 1970. */
    record Since(long millis) implements Offsets {}

    /** By partition; {@link #FIRST} and {@link #END} stand for its ends. */
    record Given(Map<TopicPartition, Long> offsets) implements Offsets {
        public Given {
            offsets = Map.copyOf(offsets);
        }
    }

    /** The first records there are. */
    static Offsets earliest() {
        return new Bound(true);
    }

    /** Behind the last records there are. */
    static Offsets latest() {
        return new Bound(false);
    }

    /**
     * Reads an option.
     *
     * @throws AnalysisException if it is none of the forms, or names a topic that is not read
     */
    static Offsets parse(String option, String text, Subscription topics) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "earliest" -> earliest();
            case "latest" -> latest();
            default -> given(option, text, topics);
        };
    }

    private static Offsets given(String option, String text, Subscription topics) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong(option, text);
        }
        if (root == null || !root.isObject() || root.isEmpty()) {
            throw wrong(option, text);
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        root.properties().forEach(topic -> {
            if (!topics.has(topic.getKey())) {
                throw new AnalysisException(
                        "INVALID_OPTION",
                        "the option '" + option + "' names the topic '" + topic.getKey() + "', but those read are "
                                + topics.topics());
            }
            topic.getValue().properties().forEach(partition -> {
                JsonNode offset = partition.getValue();
                if (!partition.getKey().matches("\\d{1,9}")
                        || !offset.canConvertToExactIntegral()
                        || !offset.canConvertToLong()
                        || offset.asLong() < FIRST) {
                    throw wrong(option, text);
                }
                offsets.put(new TopicPartition(topic.getKey(), Integer.parseInt(partition.getKey())), offset.asLong());
            });
        });
        if (offsets.isEmpty()) {
            throw wrong(option, text);
        }
        return new Given(offsets);
    }

    private static AnalysisException wrong(String option, String text) {
        return new AnalysisException(
                "INVALID_OPTION",
                "the option '" + option + "' must be earliest, latest or JSON such as {\"topic\":{\"0\":23,\"1\":-2}}"
                        + " with offsets from -2 (the first) and -1 (the end), but is '" + text + "'");
    }

    /** As a receiver takes it; asks the broker only where the end of some partitions is named. */
    default StartingOffsets forReceiver(Supplier<Consumer<byte[], byte[]>> consumers) {
        if (this instanceof Bound bound) {
            return bound.isFirst() ? StartingOffsets.earliest() : StartingOffsets.latest();
        }
        if (this instanceof Since since) {
            return StartingOffsets.since(Instant.ofEpochMilli(since.millis()));
        }
        Map<TopicPartition, Long> offsets = new HashMap<>(((Given) this).offsets());
        List<TopicPartition> ends = offsets.entrySet().stream()
                .filter(offset -> offset.getValue() == END)
                .map(Map.Entry::getKey)
                .toList();
        if (!ends.isEmpty()) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                offsets.putAll(consumer.endOffsets(ends));
            }
        }
        // a receiver begins with the first record where nothing is said
        offsets.values().removeIf(offset -> offset == FIRST);
        return StartingOffsets.at(offsets);
    }

    /** The place in each of these partitions; a partition that is not named has its place at that end. */
    default Map<TopicPartition, Long> at(
            Collection<TopicPartition> partitions, Consumer<?, ?> consumer, boolean unnamedAtFirst) {
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> places = new HashMap<>();
        Map<TopicPartition, @Nullable OffsetAndTimestamp> since = Map.of();
        if (this instanceof Since time) {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, time.millis()));
            since = consumer.offsetsForTimes(times);
        }
        for (TopicPartition partition : partitions) {
            long begin = first.getOrDefault(partition, 0L);
            long last = end.getOrDefault(partition, 0L);
            long place;
            if (this instanceof Bound bound) {
                place = bound.isFirst() ? begin : last;
            } else if (this instanceof Since) {
                OffsetAndTimestamp found = since.get(partition);
                place = found == null ? last : found.offset();
            } else {
                long named = ((Given) this).offsets().getOrDefault(partition, unnamedAtFirst ? FIRST : END);
                place = named == FIRST ? begin : named == END ? last : named;
            }
            places.put(partition, place);
        }
        return places;
    }
}
