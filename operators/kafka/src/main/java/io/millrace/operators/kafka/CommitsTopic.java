// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.operator.OutputClaim;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The compacted topic in which transactions say which batch they hold. Only its partition 0 is used. */
final class CommitsTopic {

    /** A file of the topic is compacted only when it is full: small ones keep what a claim has to read short. */
    private static final String SEGMENT_BYTES = String.valueOf(4 << 20);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MOST_IDLE_POLLS = 900;

    private final String name;
    private final TopicPartition partition;
    private final SinkClients clients;

    CommitsTopic(String name, SinkClients clients) {
        this.name = name;
        this.partition = new TopicPartition(name, 0);
        this.clients = clients;
    }

    /** A record of it. */
    ProducerRecord<byte[], byte[]> record(byte[] key, CommitMarker marker) {
        return new ProducerRecord<>(name, 0, key, marker.toBytes());
    }

    /**
     * Makes the topic unless it is there.
     *
     * @throws IOException if it is there and not compacted, so that markers would be deleted by age
     */
    void ensure() throws IOException, InterruptedException, ExecutionException {
        try (Admin admin = clients.admin()) {
            NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty())
                    .configs(Map.of(
                            TopicConfig.CLEANUP_POLICY_CONFIG,
                            TopicConfig.CLEANUP_POLICY_COMPACT,
                            TopicConfig.SEGMENT_BYTES_CONFIG,
                            SEGMENT_BYTES,
                            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                            "0.1"));
            try {
                admin.createTopics(List.of(topic)).all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                checkCompacted(admin);
            }
        }
    }

    private void checkCompacted(Admin admin) throws IOException, InterruptedException, ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config config = admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .values()
                .iterator()
                .next();
        String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (!TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy)) {
            throw new IOException("the topic " + name + " has cleanup.policy=" + policy
                    + ", so the markers of commits would be deleted in time; it must be compact");
        }
    }

    /**
     * The newest markers of an output: by the number of the partition, and under -1 the newest claim. Sees every transaction that has
     * ended, so it waits for those that are open.
     *
     * @throws IOException if a transaction stays open for 90 s, or the topic cannot be read so long
     */
    Map<Integer, CommitMarker> read(OutputClaim claim) throws IOException {
        long end;
        try (Consumer<byte[], byte[]> all = clients.consumer(false)) {
            end = all.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }
        Map<Integer, CommitMarker> markers = new HashMap<>();
        try (Consumer<byte[], byte[]> committed = clients.consumer(true)) {
            committed.assign(List.of(partition));
            committed.seekToBeginning(List.of(partition));
            long reached = committed.position(partition);
            for (int idle = 0; reached < end; ) {
                committed.poll(POLL).records(partition).forEach(record -> note(claim, record, markers));
                long now = committed.position(partition);
                idle = now > reached ? 0 : idle + 1;
                reached = now;
                if (idle >= MOST_IDLE_POLLS) {
                    throw new IOException("the topic " + name + " could be read up to " + reached + " and not to " + end
                            + ": a transaction that began there has not ended");
                }
            }
        }
        return markers;
    }

    private static void note(
            OutputClaim claim, ConsumerRecord<byte[], byte[]> record, Map<Integer, CommitMarker> markers) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        String key = new String(record.key(), UTF_8);
        String output = CommitMarker.output(claim);
        if (key.equals(output)) {
            markers.put(KafkaSink.CLAIM, CommitMarker.parse(key, record.value()));
        } else if (key.startsWith(output + "/")) {
            markers.put(Integer.parseInt(key.substring(output.length() + 1)), CommitMarker.parse(key, record.value()));
        }
    }
}
