// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.kafka.broker.KafkaBroker;
import io.millrace.table.TableSession;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.query.StreamingQueryException;
import io.millrace.table.query.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics as streams that end with what is there, in batches of so many offsets, and by patterns, on a broker in this JVM. */
class KafkaTriggersTest {

    private static TableSession session;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() {
        session = TableSession.builder().build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private static Map<String, String> with(String... more) {
        Map<String, String> all = new HashMap<>(Topic.options());
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static String[] values(String prefix, int count) {
        String[] values = new String[count];
        for (int i = 0; i < count; i++) {
            values[i] = prefix + i;
        }
        return values;
    }

    private static StreamingQuery start(
            Map<String, String> options, Trigger trigger, String checkpoint, BlockingQueue<List<String>> batches) {
        var writer = session.readStream()
                .format("kafka")
                .options(options)
                .load()
                .selectExpr("CAST(value AS string)")
                .writeStream()
                .trigger(trigger)
                .foreachBatch((rows, id) -> batches.add(
                        rows.collect().stream().map(row -> row.getString(0)).toList()));
        return (checkpoint.isEmpty() ? writer : writer.option("checkpointLocation", checkpoint)).start();
    }

    /** Runs until all that is there is read; the batches. */
    private static List<List<String>> run(Map<String, String> options, Trigger trigger, String checkpoint)
            throws Exception {
        BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        StreamingQuery query = start(options, trigger, checkpoint, batches);
        assertThat(query.awaitTermination(Duration.ofSeconds(60)))
                .as("status %s", query.status())
                .isTrue();
        return new ArrayList<>(batches);
    }

    private static List<String> all(List<List<String>> batches) {
        return batches.stream().flatMap(List::stream).sorted().toList();
    }

    @Test
    void givesWhatIsThereInBatchesOfSoManyOffsets() throws Exception {
        Topic topic = new Topic(2);
        topic.say(0, values("a", 10));
        topic.say(1, values("b", 5));
        Map<String, String> options = with("subscribe", topic.name, "startingOffsets", "earliest");
        List<String> expected = topic.values().stream().sorted().toList();

        List<List<String>> some = run(with(options, "maxOffsetsPerTrigger", "6"), Trigger.AvailableNow(), "");
        assertThat(some)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 6));
        assertThat(all(some)).isEqualTo(expected);
        assertThat(all(run(options, Trigger.AvailableNow(), ""))).isEqualTo(expected);
        assertThat(run(with(options, "maxOffsetsPerTrigger", "6"), Trigger.Once(), ""))
                .singleElement()
                .satisfies(batch -> assertThat(batch).hasSize(15));
    }

    private static Map<String, String> with(Map<String, String> options, String name, String value) {
        Map<String, String> all = new HashMap<>(options);
        all.put(name, value);
        return all;
    }

    @Test
    void boundsTheBatchesOfAStreamThatGoesOn() throws Exception {
        Topic topic = new Topic(1);
        topic.say(0, values("a", 9));
        BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        StreamingQuery query = start(
                with("subscribe", topic.name, "startingOffsets", "earliest", "maxOffsetsPerTrigger", "4"),
                Trigger.asSoonAsPossible(),
                "",
                batches);
        List<String> rows = take(batches, 9, query);
        topic.say(0, values("b", 3));
        rows.addAll(take(batches, 3, query));
        query.stop();

        assertThat(rows).isEqualTo(topic.values());
    }

    /** Takes batches of at most four rows until so many rows have come. */
    private static List<String> take(BlockingQueue<List<String>> batches, int count, StreamingQuery query)
            throws InterruptedException {
        List<String> rows = new ArrayList<>();
        while (rows.size() < count) {
            List<String> batch = batches.poll(60, TimeUnit.SECONDS);
            assertThat(batch).as("status %s", query.status()).isNotNull().hasSizeLessThanOrEqualTo(4);
            rows.addAll(batch);
        }
        return rows;
    }

    @Test
    void goesOnWhereItWasWhateverTheTrigger() throws Exception {
        Topic topic = new Topic(2);
        String checkpoint = directory.resolve("all").toString();
        Map<String, String> options = with("subscribe", topic.name, "startingOffsets", "earliest");
        topic.say(0, "a0", "a1");
        assertThat(all(run(options, Trigger.AvailableNow(), checkpoint))).containsExactly("a0", "a1");
        topic.say(1, "b0");
        assertThat(all(run(options, Trigger.Once(), checkpoint))).containsExactly("b0");
        assertThat(all(run(options, Trigger.AvailableNow(), checkpoint))).isEmpty();

        topic.say(0, "a2", "a3");
        BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        StreamingQuery forEver = start(options, Trigger.asSoonAsPossible(), checkpoint, batches);
        List<String> rows = take(batches, 2, forEver);
        forEver.stop();
        assertThat(rows).containsExactly("a2", "a3");
        topic.say(1, "b1");
        assertThat(all(run(options, Trigger.AvailableNow(), checkpoint))).containsExactly("b1");
    }

    @Test
    void beginsWithTheEndThatTheFirstRunFound() throws Exception {
        Topic topic = new Topic(1);
        String checkpoint = directory.resolve("latest").toString();
        topic.say(0, "before");
        assertThat(all(run(with("subscribe", topic.name), Trigger.AvailableNow(), checkpoint)))
                .isEmpty();
        topic.say(0, "after");
        assertThat(all(run(with("subscribe", topic.name), Trigger.AvailableNow(), checkpoint)))
                .containsExactly("after");
    }

    @Test
    void beginsWithTheFirstRecordOfTopicsThatWereEmptyInItsFirstRun() throws Exception {
        Topic topic = new Topic(2);
        String checkpoint = directory.resolve("empty").toString();
        Map<String, String> options = with("subscribe", topic.name);
        assertThat(all(run(options, Trigger.AvailableNow(), checkpoint))).isEmpty();
        topic.say(0, "a0");
        topic.say(1, "b0", "b1");

        BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        StreamingQuery forEver = start(options, Trigger.asSoonAsPossible(), checkpoint, batches);
        assertThat(take(batches, 3, forEver)).containsExactlyInAnyOrder("a0", "b0", "b1");
        forEver.stop();
        topic.say(0, "a1");
        assertThat(all(run(options, Trigger.Once(), checkpoint))).containsExactly("a1");
    }

    @Test
    void readsTopicsByAPatternAndThoseThatComeLater() throws Exception {
        Topic first = new Topic(1);
        first.say(0, "a0");
        String pattern = Pattern.quote(first.name) + "|" + Pattern.quote(first.name) + "-more";
        Map<String, String> options = with("subscribePattern", pattern, "startingOffsets", "earliest");
        BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        StreamingQuery query = start(options, Trigger.asSoonAsPossible(), "", batches);
        assertThat(take(batches, 1, query)).containsExactly("a0");
        Topic more = new Topic(first.name + "-more", 1);
        more.say(0, "m0", "m1");
        assertThat(take(batches, 2, query)).containsExactly("m0", "m1");
        query.stop();

        assertThat(session.read().format("kafka").options(options).load().collect())
                .hasSize(3);
        assertThat(all(run(options, Trigger.AvailableNow(), ""))).containsExactly("a0", "m0", "m1");
    }

    @Test
    void recordsThatAreGoneEndTheQueryOrArePassedOver() throws Exception {
        Topic topic = new Topic(1);
        topic.say(0, values("a", 5));
        Map<String, String> options =
                with("subscribe", topic.name, "startingOffsets", "{\"" + topic.name + "\":{\"0\":1}}");
        try (Admin admin = Admin.create(KafkaBroker.shared().client())) {
            admin.deleteRecords(Map.of(new TopicPartition(topic.name, 0), RecordsToDelete.beforeOffset(3)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> run(options, Trigger.AvailableNow(), ""))
                .isInstanceOf(StreamingQueryException.class)
                .hasMessageContaining(topic.name + "-0[1..5) only the records from 3 to before 5 are there");
        assertThat(all(run(with(options, "failOnDataLoss", "false"), Trigger.AvailableNow(), "")))
                .containsExactly("a3", "a4");
    }
}
