// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.kafka;

import io.millrace.kafka.broker.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of one partition with a topic of commits of its own, on the broker that all tests share. */
final class TestTopic {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MOST_LOOKS = 20;

    final String name = "out-" + UUID.randomUUID();
    final String commits = name + "-commits";
    final KafkaBroker broker = KafkaBroker.shared();
    private final TopicPartition partition = new TopicPartition(name, 0);

    TestTopic() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(broker.client())) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
    }

    KafkaSink<String> sink() {
        return KafkaSink.of(
                        broker.client(),
                        new StringSerializer(),
                        new StringSerializer(),
                        (String record) -> new ProducerRecord<String, String>(name, record))
                .commitsTopic(commits);
    }

    /**
     * What readers see who read what is committed. A broker says that a transaction is committed before it has told the partitions so, and
     * one that has just come back is slow: it is given some time, unless nothing is open.
     */
    List<String> committed() {
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<String, String> everything = consumer("read_uncommitted");
                KafkaConsumer<String, String> consumer = consumer("read_committed")) {
            long written = end(everything);
            for (int look = 0; look < MOST_LOOKS && consumer.position(partition) < written; look++) {
                consumer.poll(LOOK).forEach(record -> records.add(record.value()));
            }
        }
        return records;
    }

    /** What readers see who do not. */
    List<String> all() {
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer("read_uncommitted")) {
            long end = end(consumer);
            while (consumer.position(partition) < end) {
                consumer.poll(LOOK).forEach(record -> records.add(record.value()));
            }
        }
        return records;
    }

    private long end(KafkaConsumer<String, String> consumer) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** At the beginning of the topic. */
    private KafkaConsumer<String, String> consumer(String isolation) {
        Map<String, Object> properties = broker.client();
        properties.put("isolation.level", isolation);
        KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }

    /** So many records, {@code record-0012} and so on. */
    static List<String> records(int first, int count) {
        List<String> records = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            records.add(String.format("record-%04d", i));
        }
        return records;
    }
}
