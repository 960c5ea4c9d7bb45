// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.receivers.kafka.OnTrouble;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
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
record KafkaTable(Map<String, Object> client, Subscription topics, Offsets start, Offsets end, boolean headers)
        implements FiniteSource {

    /** A table; nothing is connected yet. */
    static KafkaTable of(Map<String, Object> client, Subscription topics, Offsets start, Offsets end, boolean headers) {
        // a receiver knows which properties are not the user's to set
        var unused = KafkaStream.of(client, topics, start, OnTrouble.FAIL, headers, Long.MAX_VALUE);
        return new KafkaTable(Map.copyOf(client), topics, start, end, headers);
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
        return "KafkaRelation[" + String.join(", ", topics.topics()) + "]";
    }

    @Override
    public List<ColumnBatch> read() throws IOException {
        try (Consumer<byte[], byte[]> consumer = consumer(client)) {
            List<TopicPartition> partitions = topics.partitions(consumer);
            List<ColumnBatch> batches = new ArrayList<>();
            new RangeReading(description(), headers)
                    .read(
                            consumer,
                            start.at(partitions, consumer, true),
                            end.at(partitions, consumer, false),
                            batches::add);
            return batches;
        } catch (KafkaException e) {
            throw new IOException(description() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The description; properties may be secrets. */
    @Override
    public String toString() {
        return description();
    }
}
