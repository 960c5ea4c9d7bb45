// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of a topic. To cross between processes, and to be kept in a checkpoint, it must be registered,
 * {@code builder.register(KafkaRecord.class)}; key and value must be of types that can be
 * sent. Headers are left out: who needs them maps records {@linkplain KafkaReceiver#mapping by a function} that sees them.
 *
 * @param topic the topic
 * @param partition its partition, from 0
 * @param offset the number of the record in the partition
 * @param timestamp milliseconds since the epoch, as the producer or the broker set it; -1 if none did
 * @param key the key, or null if it has none
 * @param value the value, or null if it has none, which in a compacted topic deletes the key
 * @param <K> keys
 * @param <V> values
 */
public record KafkaRecord<K, V>(
        String topic,
        int partition,
        long offset,
        long timestamp,
        @Nullable K key,
        @Nullable V value) {

    /** What a record is without its headers. */
    static <K, V> KafkaRecord<K, V> of(ConsumerRecord<K, V> record) {
        return new KafkaRecord<>(
                record.topic(), record.partition(), record.offset(), record.timestamp(), record.key(), record.value());
    }
}
