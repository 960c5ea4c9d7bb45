// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * What a receiver was told by its user.
 *
 * @param name of the receiver
 * @param topics what is read
 * @param start where a partition is begun of which nothing is known
 * @param onLoss when records are gone
 * @param onBadRecord when a record cannot be read
 * @param discovery how often new partitions are looked for
 * @param bounds of blocks and buffer
 * @param group whose offsets are committed to the broker, if any
 * @param form makes records
 * @param consumers makes consumers
 * @param admins makes admin clients
 * @param <T> records
 */
record KafkaPlan<T>(
        String name,
        Set<String> topics,
        StartingOffsets start,
        OnTrouble onLoss,
        OnTrouble onBadRecord,
        Duration discovery,
        KafkaBounds bounds,
        Optional<String> group,
        RecordForm<? extends T> form,
        Supplier<Consumer<byte[], byte[]>> consumers,
        Supplier<Admin> admins) {}
