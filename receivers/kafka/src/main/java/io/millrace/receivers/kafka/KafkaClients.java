// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes the clients of a receiver out of the properties that its user gave; what it says about them are their names, never values. */
final class KafkaClients {

    private static final Set<String> DECIDED = Set.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

    private final Map<String, Object> properties;

    KafkaClients(Map<String, ?> properties) {
        Set<String> refused = new TreeSet<>(properties.keySet());
        refused.retainAll(DECIDED);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(
                    "the receiver itself sets " + refused + ": leave it out of the properties");
        }
        if (!properties.containsKey(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new IllegalArgumentException("the properties do not have " + ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG);
        }
        this.properties = Map.copyOf(properties);
    }

    /** A consumer that belongs to no group, unless offsets are to be committed for one, and never moves by itself. */
    Consumer<byte[], byte[]> consumer(Optional<String> group) {
        Map<String, Object> own = new HashMap<>(properties);
        own.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        group.ifPresent(name -> own.put(ConsumerConfig.GROUP_ID_CONFIG, name));
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A client that looks at topics. */
    Admin admin() {
        Map<String, Object> own = new HashMap<>(properties);
        own.keySet()
                .removeIf(key -> ConsumerConfig.configNames().contains(key)
                        && !AdminClientConfig.configNames().contains(key));
        own.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        return Admin.create(own);
    }

    /** Host and port of the first brokers to be asked. */
    String servers() {
        Object servers = properties.getOrDefault(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "");
        return servers instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : servers.toString();
    }
}
