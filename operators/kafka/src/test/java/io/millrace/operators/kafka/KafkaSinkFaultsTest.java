// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What the sink does when replies are lost, runs die and others take their place. */
@Timeout(120)
class KafkaSinkFaultsTest {

    /** Each takes up to a few new producers, of which every one takes a third of a second. */
    private static final int BATCHES = 8;

    private TestTopic topic;
    private FaultyProducers producers;
    private KafkaSink<String> sink;

    @SuppressWarnings("NullAway") // JUnit calls begin() first
    KafkaSinkFaultsTest() {}

    @BeforeEach
    void begin() throws Exception {
        topic = new TestTopic();
        producers = new FaultyProducers(topic.broker.client());
        sink = topic.sink().producers(producers);
    }

    @AfterEach
    void end() {
        sink.close();
    }

    private static OutputClaim claim(long epoch) {
        return new OutputClaim("a job/with 100%", "counts", epoch);
    }

    private static OutputCommit batch(long epoch, long number) {
        return new OutputCommit(claim(epoch), number, new BatchTime(1000 * number), 0);
    }

    @Test
    void findsOutThatATransactionWasCommittedWhoseReplyWasLost() throws Exception {
        sink.claim(claim(1));
        producers.failAfter("commitTransaction", new TimeoutException("no reply"));

        assertThatThrownBy(() -> sink.commit(batch(1, 1), TestTopic.records(0, 3)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not known whether batch 1 (partition 0) of output counts");
        assertThat(sink.commit(batch(1, 1), TestTopic.records(0, 3))).isFalse();

        assertThat(topic.committed()).isEqualTo(TestTopic.records(0, 3));
        assertThat(producers.made()).as("a new producer finds out").isEqualTo(2);
    }

    @Test
    void writesABatchAgainWhoseCommitDidNotArrive() throws Exception {
        sink.claim(claim(1));
        producers.failBefore("commitTransaction", new TimeoutException("not sent"));

        assertThatThrownBy(() -> sink.commit(batch(1, 1), TestTopic.records(0, 3)))
                .isInstanceOf(IOException.class);
        assertThat(sink.commit(batch(1, 1), TestTopic.records(0, 3))).isTrue();

        assertThat(topic.committed()).isEqualTo(TestTopic.records(0, 3));
    }

    @Test
    void writesNothingOfABatchOfWhichOneRecordIsRefused() throws Exception {
        sink.claim(claim(1));
        List<String> records = new ArrayList<>(TestTopic.records(0, 3));
        records.add("x".repeat(2 << 20));

        assertThatThrownBy(() -> sink.commit(batch(1, 1), records)).isInstanceOf(IOException.class);
        assertThat(sink.commit(batch(1, 1), TestTopic.records(5, 1))).isTrue();

        assertThat(topic.committed()).isEqualTo(TestTopic.records(5, 1));
    }

    @Test
    void endsWhatADeadRunHadOpen() throws Exception {
        sink.claim(claim(1));
        sink.commit(batch(1, 1), TestTopic.records(0, 2));
        producers.failBefore("commitTransaction", new TimeoutException("killed"));
        assertThatThrownBy(() -> sink.commit(batch(1, 2), TestTopic.records(2, 2)))
                .isInstanceOf(IOException.class);

        KafkaSink<String> next = topic.sink();
        try {
            assertThat(next.claim(claim(2))).isEqualTo(OptionalLong.of(1));
            assertThat(next.commit(batch(2, 2), TestTopic.records(2, 2))).isTrue();
        } finally {
            next.close();
        }
        assertThat(topic.committed()).isEqualTo(TestTopic.records(0, 4));
    }

    @Test
    void letsAZombieEndInTheMiddleOfItsTransaction() throws Exception {
        KafkaSink<String> next = topic.sink();
        sink.claim(claim(1));
        List<String> zombie = TestTopic.records(50, 3);
        KafkaSink<String> paused = KafkaSink.<String, String, String>of(
                        topic.broker.client(), new StringSerializer(), new StringSerializer(), record -> {
                            if (record.equals(zombie.get(1))) {
                                takeOver(next);
                            }
                            return new ProducerRecord<>(topic.name, record);
                        })
                .commitsTopic(topic.commits);
        try {
            assertThatThrownBy(() -> paused.commit(batch(1, 1), zombie)).isInstanceOf(OutputFencedException.class);

            assertThat(next.commit(batch(2, 1), TestTopic.records(0, 1))).isFalse();
            assertThat(next.commit(batch(2, 2), TestTopic.records(2, 1))).isTrue();
            assertThat(topic.committed()).isEqualTo(List.of("record-0000", "record-0001", "record-0002"));
        } finally {
            next.close();
            paused.close();
        }
    }

    private static void takeOver(KafkaSink<String> next) {
        try {
            next.claim(claim(2));
            assertThat(next.commit(batch(2, 1), TestTopic.records(0, 2))).isTrue();
        } catch (Exception e) {
            throw new AssertionError("the next run could not take over", e);
        }
    }

    @Test
    void goesOnWhenTheBrokerWasAway() throws Exception {
        sink.claim(claim(1));
        sink.commit(batch(1, 1), TestTopic.records(0, 2));

        topic.broker.pause();
        topic.broker.resume();
        boolean written = false;
        for (int attempt = 0; attempt < 10 && !written; attempt++) {
            try {
                sink.commit(batch(1, 2), TestTopic.records(2, 2));
                written = true;
            } catch (IOException notKnown) {
                // it is told again, as the driver does
            }
        }

        assertThat(topic.committed()).isEqualTo(TestTopic.records(0, 4));
    }

    @Test
    void writesEachBatchOnceWhateverIsLost() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("KafkaSinkFaultsTest seed=" + seed);
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        long epoch = 1;
        for (int number = 1; number <= BATCHES; number++) {
            List<String> records = TestTopic.records(10 * number, random.nextInt(4));
            for (boolean done = false; !done; ) {
                String method = List.of("commitTransaction", "send", "initTransactions", "beginTransaction")
                        .get(random.nextInt(4));
                switch (random.nextInt(4)) {
                    case 0 -> producers.failBefore(method, new TimeoutException("before"));
                    case 1 -> producers.failAfter(method, new TimeoutException("after"));
                    case 2 -> {
                        sink.close();
                        sink = topic.sink().producers(producers);
                        epoch++;
                    }
                    default -> {}
                }
                try {
                    sink.commit(batch(epoch, number), records);
                    done = true;
                } catch (IOException notKnown) {
                    // told again
                }
            }
            expected.addAll(records);
        }

        assertThat(topic.committed()).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void keepsTheCommitsOfOtherOutputsApart() throws Exception {
        OutputClaim other = new OutputClaim("a job/with 100%", "counts/0", 7);
        KafkaSink<String> second = topic.sink();
        try {
            sink.claim(claim(1));
            sink.commit(batch(1, 5), TestTopic.records(0, 1));

            assertThat(second.claim(other)).isEmpty();
            assertThat(sink.claim(claim(1))).isEqualTo(OptionalLong.of(5));
        } finally {
            second.close();
        }
    }

    @Test
    void refusesATopicOfCommitsThatIsNotCompacted() throws Exception {
        try (Admin admin = Admin.create(topic.broker.client())) {
            admin.createTopics(List.of(new NewTopic(topic.commits, 1, (short) 1)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> sink.claim(claim(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(topic.commits)
                .hasMessageContaining("cleanup.policy=delete");
    }

    @Test
    void namesThePropertiesThatAreNotTheUsersToSet() {
        Map<String, Object> properties = topic.broker.client();
        properties.put("acks", "1");
        properties.put("transactional.id", "mine");

        assertThatThrownBy(() -> KafkaSink.<String, String, String>of(
                        properties,
                        new StringSerializer(),
                        new StringSerializer(),
                        record -> new ProducerRecord<>("t", record)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[acks, transactional.id]");
    }

    @Test
    void printsNoSecret() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger clients = (Logger) LoggerFactory.getLogger("org.apache.kafka.clients");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Level before = clients.getLevel();
        clients.setLevel(Level.DEBUG);
        clients.setAdditive(false);
        clients.addAppender(logged);
        root.addAppender(logged);
        try {
            Map<String, Object> properties = topic.broker.client();
            properties.put("sasl.jaas.config", "canary-7c1f");
            properties.put("ssl.keystore.password", "canary-7c1f");
            KafkaSink<String> secretive = KafkaSink.<String, String, String>of(
                            properties,
                            new StringSerializer(),
                            new StringSerializer(),
                            record -> new ProducerRecord<>(topic.name, record))
                    .commitsTopic(topic.commits);
            secretive.claim(claim(1));
            secretive.commit(batch(1, 1), TestTopic.records(0, 1));
            secretive.close();

            assertThat(secretive.toString()).doesNotContain("canary");
            assertThat(logged.list).isNotEmpty();
            assertThat(logged.list.stream().map(ILoggingEvent::getFormattedMessage))
                    .noneMatch(line -> line.contains("canary"));
        } finally {
            root.detachAppender(logged);
            clients.detachAppender(logged);
            clients.setAdditive(true);
            clients.setLevel(before);
        }
    }
}
