// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import akka.stream.javadsl.Source;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads topics of Kafka by exact ranges of offsets, as Spark's direct stream does.
 *
 * <p>All partitions are assigned to this receiver; there is no group and no rebalancing. Every block carries the ranges that it holds,
 * which continue each other. With a checkpoint directory they, and no records, are logged: after a crash the job reads the same blocks
 * again, and then goes on behind them. What is committed to Kafka plays no part in it.
 *
 * <p>Reads what is committed only ({@code isolation.level=read_committed}), unless the properties say otherwise. A range may hold fewer
 * records than numbers: those of transactions that were aborted, and their marks, are left out. In a compacted topic a range that is
 * read again may hold fewer than before.
 *
 * <p>When records are gone that were to be read, because retention has passed, the end was cut off, or the topic was deleted and perhaps
 * created again, the source fails and names the range, see {@link #onLoss}. A topic that is created again is noticed by its id, when the
 * receiver opens and as often as it looks for new partitions; a new topic that has outgrown the old one in between is not.
 *
 * <p>A thread of its own polls, named after the receiver. When the job does not take what it has polled, 16 MiB and one poll, it does
 * not poll. Blocks have up to 10 000 records or 1000 KiB; those that are not full are handed out after 100 ms and before a batch ends.
 *
 * <p>An instance may be opened several times and keeps nothing between. Properties are never printed.
 *
 * @param <T> records
 */
public final class KafkaReceiver<T> implements Receiver<T> {

    private static final Duration DISCOVERY = Duration.ofSeconds(10);
    private static final int LONGEST_NAME = 100;

    private final KafkaPlan<T> plan;
    private final KafkaClients clients;

    private KafkaReceiver(KafkaPlan<T> plan, KafkaClients clients) {
        this.plan = plan;
        this.clients = clients;
    }

    /**
     * A receiver of records that are mapped by a function.
     *
     * @param properties those of a consumer, with {@code bootstrap.servers}. The receiver itself sets group, deserialisers,
     *     {@code auto.offset.reset} and {@code enable.auto.commit}
     * @param topics what to read, one or more
     * @param keys reads keys; like {@code values} it is configured already, keeps no state and is never given null
     * @param values reads values
     * @param form makes the job's record of a record with all that it has, headers too; called on the thread that polls
     * @throws IllegalArgumentException if a property is missing or not the user's to set, or there is no topic
     */
    public static <K, V, T> KafkaReceiver<T> mapping(
            Map<String, ?> properties,
            List<String> topics,
            Deserializer<? extends K> keys,
            Deserializer<? extends V> values,
            Function<? super ConsumerRecord<K, V>, ? extends T> form) {
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("there must be a topic to read");
        }
        KafkaClients clients = new KafkaClients(properties);
        String all = "kafka " + String.join(",", topics) + " at " + clients.servers();
        String name = all.length() > LONGEST_NAME ? all.substring(0, LONGEST_NAME) + "…" : all;
        RecordForm<ConsumerRecord<K, V>> read = RecordForm.reading(keys, values);
        Set<String> distinct = new LinkedHashSet<>(topics);
        KafkaPlan<T> plan = new KafkaPlan<>(
                name,
                distinct,
                StartingOffsets.latest(),
                OnTrouble.FAIL,
                OnTrouble.FAIL,
                DISCOVERY,
                KafkaBounds.DEFAULT,
                Optional.empty(),
                record -> form.apply(read.of(record)),
                () -> clients.consumer(Optional.empty()),
                clients::admin);
        return new KafkaReceiver<>(plan, clients);
    }

    /** A receiver of {@link KafkaRecord}s, otherwise as {@link #mapping}. */
    public static <K, V> KafkaReceiver<KafkaRecord<K, V>> of(
            Map<String, ?> properties,
            List<String> topics,
            Deserializer<? extends K> keys,
            Deserializer<? extends V> values) {
        return KafkaReceiver.<K, V, KafkaRecord<K, V>>mapping(properties, topics, keys, values, KafkaRecord::of);
    }

    /** The same, but begins there with partitions of which nothing is known. Default: {@link StartingOffsets#latest}. */
    public KafkaReceiver<T> from(StartingOffsets start) {
        return with(start, plan.onLoss(), plan.onBadRecord(), plan.discovery(), plan.bounds(), plan.group());
    }

    /** The same with another answer to records that are gone. Default: {@link OnTrouble#FAIL}. */
    public KafkaReceiver<T> onLoss(OnTrouble answer) {
        return with(plan.start(), answer, plan.onBadRecord(), plan.discovery(), plan.bounds(), plan.group());
    }

    /**
     * The same with another answer to records that a deserialiser or the function throws at. Default: {@link OnTrouble#FAIL}. To have
     * them as dead letters, read bytes and map them in the stream.
     */
    public KafkaReceiver<T> onBadRecord(OnTrouble answer) {
        return with(plan.start(), plan.onLoss(), answer, plan.discovery(), plan.bounds(), plan.group());
    }

    /** The same, but looks for new partitions so often, 10 ms or more. Default: every 10 s. They are read from their beginning. */
    public KafkaReceiver<T> discoverEvery(Duration interval) {
        if (interval.toMillis() < 10) {
            throw new IllegalArgumentException("interval must be >= 10 ms, but is " + interval);
        }
        return with(plan.start(), plan.onLoss(), plan.onBadRecord(), interval, plan.bounds(), plan.group());
    }

    /** The same with other bounds of a block: records, and bytes of keys and values. */
    public KafkaReceiver<T> blocks(int maxRecords, long maxBytes) {
        KafkaBounds bounds = new KafkaBounds(maxRecords, maxBytes, plan.bounds().bufferBytes());
        return with(plan.start(), plan.onLoss(), plan.onBadRecord(), plan.discovery(), bounds, plan.group());
    }

    /** The same with room for so many bytes that the job has not taken. */
    public KafkaReceiver<T> buffer(long maxBytes) {
        KafkaBounds bounds =
                new KafkaBounds(plan.bounds().blockRecords(), plan.bounds().blockBytes(), maxBytes);
        return with(plan.start(), plan.onLoss(), plan.onBadRecord(), plan.discovery(), bounds, plan.group());
    }

    /**
     * The same, but tells the broker once a second how far the topics count as received, as offsets of this group, for those who look
     * at its lag. The receiver itself never goes by them. Default: not.
     */
    public KafkaReceiver<T> commitTo(String group) {
        return with(
                plan.start(), plan.onLoss(), plan.onBadRecord(), plan.discovery(), plan.bounds(), Optional.of(group));
    }

    private KafkaReceiver<T> with(
            StartingOffsets start,
            OnTrouble onLoss,
            OnTrouble onBadRecord,
            Duration discovery,
            KafkaBounds bounds,
            Optional<String> group) {
        Supplier<Consumer<byte[], byte[]>> consumers =
                group.equals(plan.group()) ? plan.consumers() : () -> clients.consumer(group);
        KafkaPlan<T> other = new KafkaPlan<>(
                plan.name(),
                plan.topics(),
                start,
                onLoss,
                onBadRecord,
                discovery,
                bounds,
                group,
                plan.form(),
                consumers,
                plan.admins());
        return new KafkaReceiver<>(other, clients);
    }

    /** The same with other clients. */
    KafkaReceiver<T> clients(Supplier<Consumer<byte[], byte[]>> consumers, Supplier<Admin> admins) {
        KafkaPlan<T> other = new KafkaPlan<>(
                plan.name(),
                plan.topics(),
                plan.start(),
                plan.onLoss(),
                plan.onBadRecord(),
                plan.discovery(),
                plan.bounds(),
                plan.group(),
                plan.form(),
                consumers,
                admins);
        return new KafkaReceiver<>(other, clients);
    }

    /** What the receivers of a test wrap. */
    KafkaClients clients() {
        return clients;
    }

    @Override
    public String name() {
        return plan.name();
    }

    /** Every range can be read again, as long as the topic has it. */
    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public Feed<T> open(ReceiverContext context) {
        return Feed.deliveries(Source.fromGraph(new KafkaBlocks<>(plan, context)));
    }

    /** The name. */
    @Override
    public String toString() {
        return plan.name();
    }
}
