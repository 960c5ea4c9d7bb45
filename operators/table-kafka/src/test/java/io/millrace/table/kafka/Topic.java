// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.kafka.broker.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic of its own on the broker that all tests share. */
final class Topic {

    private static final int MOST_POLLS = 600;

    final String name;
    private final int partitions;
    private final KafkaBroker broker = KafkaBroker.shared();

    Topic(int partitions) throws InterruptedException, ExecutionException {
        this("t-" + UUID.randomUUID(), partitions);
    }

    Topic(String name, int partitions) throws InterruptedException, ExecutionException {
        this.name = name;
        this.partitions = partitions;
        try (Admin admin = Admin.create(broker.client())) {
            // records of tests are old
            NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(Map.of("retention.ms", "-1"));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    /** The options by which a format finds the broker. */
    static Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put("kafka.bootstrap.servers", KafkaBroker.shared().bootstrap());
        return options;
    }

    /** Writes these, and waits until they are there. */
    void say(Collection<ProducerRecord<byte[], byte[]>> records) throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(broker.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var sent : records.stream().map(producer::send).toList()) {
                sent.get();
            }
        }
    }

    /** Writes these values to a partition. */
    void say(int partition, String... values) throws InterruptedException, ExecutionException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String value : values) {
            records.add(record(partition, 1_000, null, value));
        }
        say(records);
    }

    ProducerRecord<byte[], byte[]> record(
            int partition, long millis, @Nullable String key, String value, Header... headers) {
        return new ProducerRecord<>(
                name, partition, millis, key == null ? null : bytes(key), bytes(value), List.of(headers));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What readers see who read what is committed, partition by partition. */
    List<ConsumerRecord<byte[], byte[]>> committed() {
        Map<String, Object> properties = broker.client();
        properties.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            TopicPartition one = new TopicPartition(name, partition);
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.assign(List.of(one));
                consumer.seekToBeginning(List.of(one));
                long end = consumer.endOffsets(List.of(one)).getOrDefault(one, 0L);
                for (int poll = 0; poll < MOST_POLLS && consumer.position(one) < end; poll++) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
        }
        return records;
    }

    /** The values of what is committed, in order within each partition. */
    List<String> values() {
        return committed().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
