// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the clients of a sink out of the properties that its user gave; what it says about them are their names, never values. */
final class SinkClients {

    private static final Set<String> DECIDED = Set.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.ACKS_CONFIG);

    private final Map<String, Object> properties;

    SinkClients(Map<String, ?> properties) {
        Set<String> refused = new TreeSet<>(properties.keySet());
        refused.retainAll(DECIDED);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException("the sink itself sets " + refused + ": leave it out of the properties");
        }
        if (!properties.containsKey(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new IllegalArgumentException("the properties do not have " + ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
        }
        this.properties = Map.copyOf(properties);
    }

    /** A producer whose transactions go by this id. */
    Producer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> own = new HashMap<>(properties);
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        own.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer that belongs to no group and sees what is committed. */
    Consumer<byte[], byte[]> consumer(boolean committedOnly) {
        Map<String, Object> own = shared(ConsumerConfig.configNames());
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committedOnly ? "read_committed" : "read_uncommitted");
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A client that makes topics. */
    Admin admin() {
        return Admin.create(shared(AdminClientConfig.configNames()));
    }

    /** The properties that a client of another kind knows, and those that no producer knows: they belong to plug-ins. */
    private Map<String, Object> shared(Set<String> known) {
        Map<String, Object> shared = new HashMap<>(properties);
        shared.keySet().removeIf(key -> ProducerConfig.configNames().contains(key) && !known.contains(key));
        shared.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
        return shared;
    }
}
