// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Makes a record of the job of a record of a topic.
 *
 * @param <T> records
 */
interface RecordForm<T> {

    /** The record; throws what the user's code throws. */
    T of(ConsumerRecord<byte[], byte[]> record);

    /** Key and value as the deserialisers read them. */
    static <K, V> RecordForm<ConsumerRecord<K, V>> reading(
            Deserializer<? extends K> keys, Deserializer<? extends V> values) {
        return record -> new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key() == null ? null : keys.deserialize(record.topic(), record.headers(), record.key()),
                record.value() == null ? null : values.deserialize(record.topic(), record.headers(), record.value()),
                record.headers(),
                record.leaderEpoch());
    }
}
