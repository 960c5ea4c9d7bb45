// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.StreamingContext;
import io.millrace.receivers.kafka.KafkaReceiver;
import io.millrace.receivers.kafka.StartingOffsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job that reads a topic and writes another. */
@Timeout(120)
class TopicToTopicTest {

    private static final int MOST_TURNS = 600;

    @Test
    void bringsEveryRecordOfATopicToAnotherOnceAndInOrder() throws Exception {
        TestTopic from = new TestTopic();
        TestTopic to = new TestTopic();
        List<String> records = TestTopic.records(0, 500);
        List<String> expected = records.stream().map(record -> record + "!").toList();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(from.broker.client(), new StringSerializer(), new StringSerializer())) {
            records.forEach(record -> assertThat(producer.send(new ProducerRecord<>(from.name, record)))
                    .isNotNull());
        }
        KafkaReceiver<String> receiver = KafkaReceiver.<String, String, String>mapping(
                        from.broker.client(),
                        List.of(from.name),
                        new StringDeserializer(),
                        new StringDeserializer(),
                        record -> record.value())
                .from(StartingOffsets.earliest())
                .blocks(60, 1 << 20);

        StreamingContext context = StreamingContext.builder("topic-to-topic")
                .batchInterval(Duration.ofMillis(100))
                .build();
        context.receiverStream(receiver).map(record -> record + "!").output(to.sink());
        context.start();
        for (int turn = 0; turn < MOST_TURNS && to.committed().size() < expected.size(); turn++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        context.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);

        assertThat(to.committed()).isEqualTo(expected);
        assertThat(to.all()).as("no transaction was aborted").isEqualTo(expected);
    }
}
