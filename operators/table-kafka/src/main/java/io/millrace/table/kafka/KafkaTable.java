// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.receivers.kafka.OnTrouble;
import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The records of some topics between two places, looked up anew at each reading. Reads what is committed only, unless the properties say
 * otherwise; all rows are held.
 *
 * @param client the properties of consumers
 * @param topics what is read
 * @param start where a partition begins
 * @param end before which offset it ends
 * @param headers whether they are a column
 */
record KafkaTable(Map<String, Object> client, List<String> topics, Offsets start, Offsets end, boolean headers)
        implements FiniteSource {

    private static final Duration POLL = Duration.ofMillis(100);

    /** So many polls in a row may bring nothing: a minute. */
    private static final int MOST_IDLE_POLLS = 600;

    private static final int BATCH_ROWS = 8_192;

    /** A table; nothing is connected yet. */
    static KafkaTable of(Map<String, Object> client, List<String> topics, Offsets start, Offsets end, boolean headers) {
        // a receiver knows which properties are not the user's to set
        var unused = KafkaStream.of(client, topics, start, OnTrouble.FAIL, headers);
        return new KafkaTable(Map.copyOf(client), List.copyOf(topics), start, end, headers);
    }

    /** A consumer that belongs to no group and never moves by itself. */
    static Consumer<byte[], byte[]> consumer(Map<String, Object> client) {
        Map<String, Object> own = new HashMap<>(client);
        own.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Schema schema() {
        return KafkaRows.schema(headers);
    }

    @Override
    public String description() {
        return "KafkaRelation[" + String.join(", ", topics) + "]";
    }

    @Override
    public List<ColumnBatch> read() throws IOException {
        try (Consumer<byte[], byte[]> consumer = consumer(client)) {
            List<TopicPartition> partitions = partitions(consumer);
            Map<TopicPartition, Long> from = start.at(partitions, consumer, true);
            Map<TopicPartition, Long> to = end.at(partitions, consumer, false);
            Map<TopicPartition, Long> open = new HashMap<>(to);
            open.entrySet().removeIf(range -> range.getValue() <= from.getOrDefault(range.getKey(), 0L));
            consumer.assign(open.keySet());
            open.keySet().forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
            return read(consumer, open);
        } catch (KafkaException e) {
            throw new IOException(description() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<TopicPartition> partitions(Consumer<?, ?> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            Collection<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new AnalysisException("UNKNOWN_TOPIC", "there is no topic '" + topic + "' to read");
            }
            found.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        return partitions;
    }

    /** Reads until every partition has reached its end; what is at it or behind is left out. */
    private List<ColumnBatch> read(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> open)
            throws IOException {
        Map<TopicPartition, Long> ends = Map.copyOf(open);
        List<ColumnBatch> batches = new ArrayList<>();
        ColumnBatchBuilder rows = new ColumnBatchBuilder(schema());
        int idle = 0;
        while (!open.isEmpty()) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            idle = polled.isEmpty() ? idle + 1 : 0;
            if (idle > MOST_IDLE_POLLS) {
                throw new IOException(description() + " could not be read to its end: nothing came for a minute from "
                        + open.keySet() + ", perhaps for a transaction that is open");
            }
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                long end = ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
                if (record.offset() < end) {
                    rows.append(KafkaRows.row(record, headers));
                }
                if (rows.rows() == BATCH_ROWS) {
                    batches.add(rows.build());
                    rows = new ColumnBatchBuilder(schema());
                }
            }
            for (TopicPartition partition : List.copyOf(open.keySet())) {
                if (consumer.position(partition) >= open.getOrDefault(partition, 0L)) {
                    open.remove(partition);
                    consumer.pause(List.of(partition));
                }
            }
        }
        if (rows.rows() > 0) {
            batches.add(rows.build());
        }
        return batches;
    }

    /** The description; properties may be secrets. */
    @Override
    public String toString() {
        return description();
    }
}
