// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.query.StreamingQueryException;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.type.DataTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What queries do with topics. */
@Timeout(90)
class KafkaFormatTest {

    private static TableSession session;

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

    private static Table table(String... options) {
        return session.read().format("kafka").options(with(options)).load();
    }

    private static List<String> values(Table table) {
        return table.selectExpr("CAST(value AS string)").collect().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    /** Runs a query over a stream until so many rows have come, and gives them. */
    private static List<Row> rows(Table stream, int count) throws Exception {
        BlockingQueue<Row> rows = new LinkedBlockingQueue<>();
        StreamingQuery query = stream.writeStream()
                .foreachBatch((batch, id) -> rows.addAll(batch.collect()))
                .start();
        List<Row> taken = new ArrayList<>();
        while (taken.size() < count) {
            Row row = rows.poll(30, TimeUnit.SECONDS);
            assertThat(row)
                    .as("row %s of %s; status %s", taken.size(), count, query.status())
                    .isNotNull();
            taken.add(Objects.requireNonNull(row));
        }
        query.stop();
        taken.addAll(rows);
        return taken;
    }

    @Test
    void streamsRecordsWithSparksColumns() throws Exception {
        Topic topic = new Topic(2);
        topic.say(List.of(
                topic.record(
                        0, 1_000, "k", "blue", new RecordHeader("h", Topic.bytes("x")), new RecordHeader("n", null)),
                topic.record(1, 1_500, null, "green"),
                new ProducerRecord<>(topic.name, 1, 2_000L, Topic.bytes("gone"), null, List.of())));
        Table stream = session.readStream()
                .format("kafka")
                .options(with("subscribe", topic.name, "startingOffsets", "earliest", "includeHeaders", "true"))
                .load();

        assertThat(stream.schema())
                .hasToString(
                        "key binary, value binary, topic string, partition int, offset bigint, timestamp timestamp,"
                                + " timestampType int, headers array<struct<key:string,value:binary>>");
        List<Row> rows = rows(
                stream.selectExpr(
                        "CAST(key AS string) AS key",
                        "CAST(value AS string) AS value",
                        "topic",
                        "partition",
                        "offset",
                        "timestamp",
                        "timestampType",
                        "headers[0].key AS h",
                        "CAST(headers[0].value AS string) AS hv",
                        "headers[1].value AS n",
                        "headers IS NULL AS none"),
                3);

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        Row.of("k", "blue", topic.name, 0, 0L, Instant.ofEpochSecond(1), 0, "h", "x", null, false),
                        Row.of(
                                null,
                                "green",
                                topic.name,
                                1,
                                0L,
                                Instant.ofEpochMilli(1_500),
                                0,
                                null,
                                null,
                                null,
                                true),
                        Row.of("gone", null, topic.name, 1, 1L, Instant.ofEpochSecond(2), 0, null, null, null, true));
    }

    @Test
    void beginsAStreamAtOffsets() throws Exception {
        Topic topic = new Topic(3);
        topic.say(0, "a0", "a1", "a2");
        topic.say(1, "b0", "b1");
        topic.say(2, "c0");
        Table stream = session.readStream()
                .format("kafka")
                .options(with(
                        "subscribe",
                        topic.name,
                        "startingOffsets",
                        "{\"" + topic.name + "\":{\"0\":2,\"1\":-2,\"2\":-1}}"))
                .load();

        List<Row> rows = rows(stream.selectExpr("CAST(value AS string)"), 3);

        assertThat(rows).containsExactlyInAnyOrder(Row.of("a2"), Row.of("b0"), Row.of("b1"));
    }

    /** Of many blocks, which several tasks work on. */
    @Test
    void keepsTheOrderOfAPartition() throws Exception {
        Topic topic = new Topic(2);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            records.add(topic.record(i % 2, 1_000, null, "n" + i));
        }
        topic.say(records);
        Table stream = session.readStream()
                .format("kafka")
                .options(with("subscribe", topic.name, "startingOffsets", "earliest"))
                .load();

        List<Row> rows = rows(stream.select("partition", "offset"), records.size());

        long[] next = new long[2];
        for (Row row : rows) {
            assertThat(row.getLong(1)).as("partition %s", row.get(0)).isEqualTo(next[row.getInt(0)]++);
        }
        assertThat(next).containsExactly(30_000, 30_000);
    }

    @Test
    void readsFinishedRanges() throws Exception {
        Topic topic = new Topic(2);
        topic.say(List.of(topic.record(0, 1_000, "k", "a0"), topic.record(0, 2_000, "k", "a1")));
        topic.say(1, "b0", "b1", "b2");
        String some = "{\"" + topic.name + "\":{\"0\":1,\"1\":1}}";

        assertThat(values(table("subscribe", topic.name))).containsExactly("a0", "a1", "b0", "b1", "b2");
        assertThat(values(table("subscribe", topic.name, "startingOffsets", some)))
                .containsExactly("a1", "b1", "b2");
        assertThat(values(table("subscribe", topic.name, "endingOffsets", some)))
                .containsExactly("a0", "b0");
        assertThat(values(table("subscribe", topic.name, "startingOffsets", "latest")))
                .isEmpty();
        assertThat(values(table("subscribe", topic.name, "startingTimestamp", "1500")))
                .containsExactly("a1");
        assertThat(table("subscribe", topic.name).groupBy("partition").count().collect())
                .containsExactlyInAnyOrder(Row.of(0, 2L), Row.of(1, 3L));
    }

    @Test
    void writesColumnsAsSparkDoes() throws Exception {
        Topic topic = new Topic(2);
        Topic other = new Topic(1);
        Table rows = session.sql("SELECT 'k' AS key, 'v' AS value, 1 AS partition, '" + topic.name + "' AS topic,"
                + " array(named_struct('key', 'h', 'value', CAST('x' AS binary))) AS headers"
                + " UNION ALL SELECT NULL, NULL, 0, '" + topic.name + "', NULL");

        rows.write().format("kafka").options(with()).save();
        session.sql("SELECT CAST('z' AS binary) AS value, 'ignored' AS topic")
                .write()
                .format("kafka")
                .options(with("topic", other.name))
                .save();

        List<ConsumerRecord<byte[], byte[]>> written = topic.committed();
        assertThat(written).hasSize(2);
        assertThat(written.get(0).partition()).isZero();
        assertThat(written.get(0).key()).isNull();
        assertThat(written.get(0).value()).isNull();
        assertThat(written.get(0).headers()).isEmpty();
        assertThat(written.get(1).partition()).isEqualTo(1);
        assertThat(text(written.get(1).key())).isEqualTo("k");
        assertThat(text(written.get(1).value())).isEqualTo("v");
        assertThat(text(written.get(1).headers().lastHeader("h").value())).isEqualTo("x");
        assertThat(other.values()).containsExactly("z");
    }

    @Test
    void refusesWrongOptionsAndColumnsByTheirNames() throws Exception {
        Topic topic = new Topic(1);

        assertRefused(Map.of("subscribe", topic.name), "needs the option 'kafka.bootstrap.servers'");
        assertRefused(with(), "needs the option 'subscribe'");
        assertRefused(with("subscribe", ","), "at least one topic");
        assertRefused(with("assign", "{\"t\":[0]}"), "no 'assign'", "subscribe");
        assertRefused(with("subscribe", "t", "subscribePattern", "t.*"), "only one can be");
        assertRefused(with("subscribePattern", "t("), "'subscribePattern' must be a regular expression", "'t('");
        assertRefused(with("subscribe", "t", "maxOffsetsPerTrigger", "0"), "'maxOffsetsPerTrigger' must be");
        assertRefused(
                with("subscribe", "t", "startingOffset", "earliest"), "no option 'startingOffset'", "startingOffsets");
        assertRefused(with("subscribe", "t", "startingOffsets", "now"), "earliest, latest or JSON", "'now'");
        assertRefused(with("subscribe", "t", "startingOffsets", "{\"t\":{\"0\":-3}}"), "earliest, latest or JSON");
        assertRefused(with("subscribe", "t", "startingOffsets", "{\"u\":{\"0\":1}}"), "names the topic 'u'", "[t]");
        assertRefused(
                with("subscribe", "t", "startingTimestamp", "-1"), "'startingTimestamp' must be a whole number from 0");
        assertRefused(with("subscribe", "t", "startingTimestamp", "1", "startingOffsets", "latest"), "only one can be");
        assertRefused(with("subscribe", "t", "failOnDataLoss", "perhaps"), "'failOnDataLoss' must be true or false");
        assertRefused(with("subscribe", "t", "kafka.group.id", "g"), "the receiver itself sets [group.id]");
        assertThatThrownBy(() -> table("subscribe", "no-such-topic").collect())
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("there is no topic 'no-such-topic'");

        assertNotWritten("SELECT 'v' AS value", with(), "topic option required when no 'topic' attribute is present");
        assertNotWritten("SELECT 'k' AS key", with("topic", "t"), "Required attribute 'value' not found");
        assertNotWritten(
                "SELECT 1 AS value",
                with("topic", "t"),
                "value attribute unsupported type int. value must be a(n) string or binary");
        assertNotWritten("SELECT 'v' AS value", with("topic", "t", "topics", "u"), "no option 'topics'");
        assertNotWritten("SELECT 'v' AS value", with("topic", "t", "kafka.acks", "1"), "the sink itself sets [acks]");
    }

    @Test
    void aRowWithoutATopicEndsTheQueryAndNothingOfItsBatchIsWritten() throws Exception {
        Topic topic = new Topic(1);
        MemoryStream words = MemoryStream.of("words", DataTypes.parseSchema("topic string, value string"));
        StreamingQuery query = session.createTable(words)
                .writeStream()
                .format("kafka")
                .options(with())
                .start();

        words.addRows(Row.of(topic.name, "blue"), Row.of(null, "green"));

        assertThatThrownBy(query::awaitTermination)
                .isInstanceOf(StreamingQueryException.class)
                .hasMessageContaining("row 1 of batch 0 is no record of Kafka: null topic present in the data");
        assertThat(topic.values()).isEmpty();
    }

    private static void assertRefused(Map<String, String> options, String... messages) {
        assertThatThrownBy(() ->
                        session.readStream().format("kafka").options(options).load())
                .isInstanceOf(AnalysisException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(messages));
    }

    private static void assertNotWritten(String sql, Map<String, String> options, String... messages) {
        assertThatThrownBy(() -> session.sql(sql)
                        .write()
                        .format("kafka")
                        .options(options)
                        .save())
                .isInstanceOf(AnalysisException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(messages));
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
