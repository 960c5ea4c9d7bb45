// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.kafka;

import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An output that this process has claimed, as long as it knows what is in it: a producer whose transactions are fenced, and what the
 * markers say. After any failure of a transaction it is closed, and another one finds out what became of it.
 */
final class ClaimedOutput implements AutoCloseable {

    private final OutputClaim claim;
    private final CommitsTopic commits;
    private final Producer<byte[], byte[]> producer;
    private final Map<Integer, CommitMarker> markers;

    private ClaimedOutput(
            OutputClaim claim,
            CommitsTopic commits,
            Producer<byte[], byte[]> producer,
            Map<Integer, CommitMarker> markers) {
        this.claim = claim;
        this.commits = commits;
        this.producer = producer;
        this.markers = markers;
    }

    /**
     * Claims the output. When this returns, transactions of earlier producers of it have ended, and no other will have an effect.
     *
     * @param producers makes a producer with a given transactional id
     */
    static ClaimedOutput claim(
            OutputClaim claim, CommitsTopic commits, Function<String, Producer<byte[], byte[]>> producers)
            throws OutputFencedException, IOException {
        // a zombie is to find out before it takes the producer of a later run off its work
        check(claim, commits.read(claim));
        Producer<byte[], byte[]> producer = producers.apply(CommitMarker.output(claim));
        try {
            producer.initTransactions();
            Map<Integer, CommitMarker> markers = new HashMap<>(commits.read(claim));
            check(claim, markers);
            ClaimedOutput claimed = new ClaimedOutput(claim, commits, producer, markers);
            CommitMarker newest = markers.get(KafkaSink.CLAIM);
            if (newest == null || newest.epoch() < claim.epoch()) {
                CommitMarker mine = new CommitMarker(0, claim.epoch());
                transaction(producer, Stream.of(commits.record(CommitMarker.claimKey(claim), mine)));
                markers.put(KafkaSink.CLAIM, mine);
            }
            return claimed;
        } catch (OutputFencedException | IOException | RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static void check(OutputClaim claim, Map<Integer, CommitMarker> markers) throws OutputFencedException {
        CommitMarker newest = markers.get(KafkaSink.CLAIM);
        if (newest != null && newest.epoch() > claim.epoch()) {
            throw new OutputFencedException(claim, newest.epoch());
        }
    }

    OutputClaim claim() {
        return claim;
    }

    /** The newest batch of any partition. */
    OptionalLong newest() {
        return markers.entrySet().stream()
                .filter(marker -> marker.getKey() != KafkaSink.CLAIM)
                .mapToLong(marker -> marker.getValue().batch())
                .max();
    }

    /** True if this partition has this batch or a later one. */
    boolean has(OutputCommit commit) {
        CommitMarker marker = markers.get(commit.partition());
        return marker != null && commit.batch() <= marker.batch();
    }

    /**
     * Writes the part and its marker in one transaction; a part without records is only noted. If it throws, this must be closed.
     *
     * @param records what the part consists of
     */
    void write(OutputCommit commit, Stream<ProducerRecord<byte[], byte[]>> records, boolean empty) {
        CommitMarker marker = new CommitMarker(commit.batch(), claim.epoch());
        if (!empty) {
            byte[] key = CommitMarker.partKey(claim, commit.partition());
            transaction(producer, Stream.concat(records, Stream.of(commits.record(key, marker))));
        }
        markers.put(commit.partition(), marker);
    }

    /** All of these or none. */
    @SuppressWarnings("FutureReturnValueIgnored") // a record that could not be sent fails the commit
    static void transaction(Producer<byte[], byte[]> producer, Stream<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        records.forEachOrdered(producer::send);
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
