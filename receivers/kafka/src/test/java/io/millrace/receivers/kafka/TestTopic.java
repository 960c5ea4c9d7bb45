// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import io.millrace.kafka.broker.KafkaBroker;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic on the broker that all tests share, and who writes to it. */
final class TestTopic implements AutoCloseable {

    final String name = "in-" + UUID.randomUUID();
    final KafkaBroker broker = KafkaBroker.shared();
    private final Admin admin = Admin.create(broker.client());
    private final KafkaProducer<String, String> producer =
            new KafkaProducer<>(broker.client(), new StringSerializer(), new StringSerializer());
    private final KafkaProducer<String, String> transactions;

    TestTopic(int partitions) throws InterruptedException, ExecutionException {
        create(partitions);
        Map<String, Object> properties = broker.client();
        properties.put("transactional.id", name);
        transactions = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    void create(int partitions) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                        .all()
                        .get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    void delete() throws InterruptedException, ExecutionException {
        admin.deleteTopics(List.of(name)).all().get();
    }

    void partitions(int count) throws InterruptedException, ExecutionException {
        admin.createPartitions(Map.of(name, NewPartitions.increaseTo(count)))
                .all()
                .get();
    }

    void deleteBefore(int partition, long offset) throws InterruptedException, ExecutionException {
        admin.deleteRecords(Map.of(partition(partition), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    long committed(String group, int partition) {
        try {
            var offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition(partition));
            return offset == null ? -1 : offset.offset();
        } catch (InterruptedException | ExecutionException e) {
            return -1;
        }
    }

    TopicPartition partition(int number) {
        return new TopicPartition(name, number);
    }

    /** Writes these values, and waits until they are there. */
    void say(int partition, List<String> values) {
        values.stream()
                .map(value -> producer.send(new ProducerRecord<>(name, partition, null, value)))
                .toList()
                .forEach(TestTopic::await);
    }

    /** Writes this value with a time. */
    void sayAt(int partition, long millis, String value) {
        await(producer.send(new ProducerRecord<>(name, partition, millis, null, value)));
    }

    /** Begins to write in transactions. */
    TestTopic transactional() {
        transactions.initTransactions();
        return this;
    }

    /** Writes these values in a transaction. */
    void sayTogether(int partition, List<String> values, boolean commit) {
        transactions.beginTransaction();
        values.stream()
                .map(value -> transactions.send(new ProducerRecord<>(name, partition, null, value)))
                .toList()
                .forEach(TestTopic::await);
        if (commit) {
            transactions.commitTransaction();
        } else {
            transactions.abortTransaction();
        }
    }

    private static void await(java.util.concurrent.Future<?> sent) {
        try {
            sent.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("the broker did not take a record", e);
        }
    }

    /** A receiver of the values, from the beginning. */
    KafkaReceiver<String> receiver() {
        return KafkaReceiver.<String, String, String>mapping(
                        broker.client(),
                        List.of(name),
                        new StringDeserializer(),
                        new StringDeserializer(),
                        record -> record.value())
                .from(StartingOffsets.earliest());
    }

    @Override
    public void close() {
        producer.close();
        transactions.close(java.time.Duration.ZERO);
        admin.close();
    }
}
