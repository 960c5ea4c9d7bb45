// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.kafka;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.TransactionalOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every batch to topics of Kafka in one transaction, and with a checkpoint directory exactly once.
 *
 * <p>In the same transaction goes a marker with the number of the batch, to a compacted topic of commits, which is made if it is not
 * there. When the job starts again, and whenever it is not known what became of a transaction, the producer is given up: a new one with
 * the same transactional id ends what the old one had open, and then the markers, read as committed, say what is there. A transaction is
 * never committed a second time on the same producer. The id is {@code job/output}; it fences the producer of a run that was replaced,
 * and a claim with the epoch of the run stands among the markers, so that such a run does not come back.
 *
 * <p>Who reads the topics must set {@code isolation.level=read_committed}; others see batches twice and in part. All records of a batch,
 * however many, are in one transaction, which must end within {@code transaction.timeout.ms} (Kafka's default: 60 s). A batch without
 * records writes nothing. A claim waits until transactions of others that are open on the topic of commits have ended, up to 90 s; give
 * jobs with long transactions a topic of their own.
 *
 * <p>In a job without a checkpoint directory a batch is a transaction, but there are no markers: it is at least once.
 *
 * <p>Not thread-safe; the driver calls it on its output thread. Properties are never printed.
 *
 * @param <T> records
 */
public final class KafkaSink<T> implements TransactionalOutput<T> {

    /** The default name of the topic of commits. */
    public static final String COMMITS = "millrace-commits";

    /** Where the newest claim stands among the markers of the partitions. */
    static final int CLAIM = -1;

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final int MOST_ATTEMPTS = 3;

    private final SinkClients clients;
    private final Function<? super T, ProducerRecord<byte[], byte[]>> form;
    private final String commitsTopic;
    private final Function<String, Producer<byte[], byte[]>> producers;
    private final String plainId = "millrace-" + UUID.randomUUID();
    private boolean topicIsThere;
    private @Nullable ClaimedOutput claimed;
    private @Nullable Producer<byte[], byte[]> plain;

    KafkaSink(
            SinkClients clients,
            Function<? super T, ProducerRecord<byte[], byte[]>> form,
            String commitsTopic,
            Function<String, Producer<byte[], byte[]>> producers) {
        this.clients = clients;
        this.form = form;
        this.commitsTopic = commitsTopic;
        this.producers = producers;
    }

    /**
     * A sink for a cluster.
     *
     * @param properties those of a producer, with {@code bootstrap.servers}; the sink's consumer and admin client take from them what
     *     they know. The sink itself sets the transactional id, acknowledgements, idempotence and serialisers
     * @param keys writes keys; like {@code values} it is configured already and is called on one thread at a time
     * @param values writes values
     * @param form where a record goes, and as what: topic, and if need be partition, timestamp, headers; called on the output thread
     * @throws IllegalArgumentException if a property is missing or not the user's to set
     */
    public static <T, K, V> KafkaSink<T> of(
            Map<String, ?> properties,
            Serializer<? super K> keys,
            Serializer<? super V> values,
            Function<? super T, ProducerRecord<K, V>> form) {
        SinkClients clients = new SinkClients(properties);
        return new KafkaSink<>(clients, record -> bytes(form.apply(record), keys, values), COMMITS, clients::producer);
    }

    /** The same with another topic of commits. Who changes it for a job that has written already loses what is known of that. */
    public KafkaSink<T> commitsTopic(String name) {
        return new KafkaSink<>(clients, form, name, producers);
    }

    /** The same with other producers, by transactional id. */
    KafkaSink<T> producers(Function<String, Producer<byte[], byte[]>> others) {
        return new KafkaSink<>(clients, form, commitsTopic, others);
    }

    private static <K, V> ProducerRecord<byte[], byte[]> bytes(
            ProducerRecord<K, V> record, Serializer<? super K> keys, Serializer<? super V> values) {
        byte[] key = keys.serialize(record.topic(), record.headers(), record.key());
        byte[] value = values.serialize(record.topic(), record.headers(), record.value());
        return new ProducerRecord<>(
                record.topic(), record.partition(), record.timestamp(), key, value, record.headers());
    }

    @Override
    public String kind() {
        return "kafka";
    }

    @Override
    public OptionalLong claim(OutputClaim claim) throws OutputFencedException, IOException, InterruptedException {
        giveUp();
        return open(claim).newest();
    }

    @Override
    public boolean commit(OutputCommit commit, List<T> records)
            throws OutputFencedException, IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            ClaimedOutput output = claimed;
            if (output == null || !output.claim().equals(commit.claim())) {
                giveUp();
                output = open(commit.claim());
            }
            if (output.has(commit)) {
                LOG.debug("already written batch={} partition={}", commit.batch(), commit.partition());
                return false;
            }
            try {
                output.write(commit, records.stream().map(form), records.isEmpty());
                return true;
            } catch (RuntimeException e) {
                giveUp();
                // a zombie that did not know took the producer off its work: whose turn it is say the markers
                if (!isFenced(e) || attempt == MOST_ATTEMPTS) {
                    throw new IOException(
                            "it is not known whether " + commit.describe() + ", " + records.size()
                                    + " records, was written to Kafka: " + e.getMessage(),
                            e);
                }
            } catch (Error e) {
                giveUp();
                throw e;
            }
        }
    }

    /** Writes a batch of a job without a checkpoint directory, in a transaction of its own. */
    @Override
    public void write(BatchTime time, List<T> records) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        Producer<byte[], byte[]> producer = plain;
        try {
            if (producer == null) {
                producer = producers.apply(plainId);
                plain = producer;
                producer.initTransactions();
            }
            ClaimedOutput.transaction(producer, records.stream().map(form));
        } catch (RuntimeException | Error e) {
            giveUp();
            if (e instanceof Error error) {
                throw error;
            }
            throw new IOException(
                    "it is not known whether the batch " + time + ", " + records.size()
                            + " records, was written to Kafka: " + e.getMessage(),
                    e);
        }
    }

    private ClaimedOutput open(OutputClaim claim) throws OutputFencedException, IOException, InterruptedException {
        CommitsTopic commits = new CommitsTopic(commitsTopic, clients);
        try {
            if (!topicIsThere) {
                commits.ensure();
                topicIsThere = true;
            }
            ClaimedOutput opened = ClaimedOutput.claim(claim, commits, producers);
            claimed = opened;
            return opened;
        } catch (ExecutionException | KafkaException e) {
            throw new IOException(
                    "output " + claim.output() + " of job " + claim.job() + " could not be claimed for epoch "
                            + claim.epoch() + " in the topic " + commitsTopic + ": " + e.getMessage(),
                    e);
        }
    }

    private static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException
                    || cause instanceof InvalidProducerEpochException
                    || cause instanceof InvalidTxnStateException) {
                return true;
            }
        }
        return false;
    }

    /** Lets go of producers without a word to the broker: the next one with the same id ends their transactions. */
    private void giveUp() {
        if (claimed != null) {
            claimed.close();
            claimed = null;
        }
        if (plain != null) {
            plain.close(Duration.ZERO);
            plain = null;
        }
    }

    @Override
    public void close() {
        giveUp();
    }

    /** {@code kafka sink with commits in millrace-commits}. */
    @Override
    public String toString() {
        return "kafka sink with commits in " + commitsTopic;
    }
}
