// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks from time to time which partitions the topics have, and which topics they are. Belongs to one thread, which it never holds up. */
final class TopicWatch implements AutoCloseable {

    private static final int WAIT_MILLIS = 50;

    private final Admin admin;
    private final Set<String> topics;
    private final Duration interval;
    private Instant next;
    private @Nullable Map<String, KafkaFuture<TopicDescription>> asked;

    /**
     * A watch that asks for the first time when the interval is over.
     *
     * @param admin is closed with it
     */
    TopicWatch(Admin admin, Set<String> topics, Duration interval, Instant now) {
        this.admin = admin;
        this.topics = topics;
        this.interval = interval;
        this.next = now.plus(interval);
    }

    /** What came of the last question, once; empty while there is none. */
    Optional<Map<TopicPartition, Uuid>> look(Instant now) {
        Map<String, KafkaFuture<TopicDescription>> answers = asked;
        if (answers != null) {
            if (!answers.values().stream().allMatch(KafkaFuture::isDone)) {
                return Optional.empty();
            }
            asked = null;
            next = now.plus(interval);
            return Optional.of(partitions(answers));
        }
        if (!now.isBefore(next)) {
            asked = admin.describeTopics(topics).topicNameValues();
        }
        return Optional.empty();
    }

    /** Asks and waits for the answer, unless it is to stop; then it has none. */
    Map<TopicPartition, Uuid> lookNow(BooleanSupplier stopped) throws InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(topics).topicNameValues();
        KafkaFuture<Void> all = KafkaFuture.allOf(answers.values().toArray(KafkaFuture<?>[]::new));
        while (!stopped.getAsBoolean()) {
            try {
                all.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                return partitions(answers);
            } catch (TimeoutException e) {
                // the client has a timeout of its own, after which the answer is a failure
            } catch (ExecutionException e) {
                return partitions(answers);
            }
        }
        return Map.of();
    }

    /** The partitions of the topics that there are. */
    private static Map<TopicPartition, Uuid> partitions(Map<String, KafkaFuture<TopicDescription>> answers) {
        Map<TopicPartition, Uuid> partitions = new TreeMap<>((a, b) -> a.topic().equals(b.topic())
                ? Integer.compare(a.partition(), b.partition())
                : a.topic().compareTo(b.topic()));
        answers.forEach((topic, answer) -> {
            try {
                TopicDescription description = answer.get();
                description
                        .partitions()
                        .forEach(partition -> partitions.put(
                                new TopicPartition(topic, partition.partition()), description.topicId()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new KafkaException("topic " + topic + " could not be looked up", e.getCause());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted while the topic " + topic + " was looked up", e);
            }
        });
        return partitions;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
