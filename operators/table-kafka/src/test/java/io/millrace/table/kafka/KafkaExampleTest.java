// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kafka.broker.KafkaBroker;
import io.millrace.table.TableSession;
import io.millrace.table.query.StreamingQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/tables.md: from topic to topic in SQL. */
@Timeout(60)
class KafkaExampleTest {

    private static final int MOST_TURNS = 300;

    @TempDir
    Path checkpoint;

    /** Says in a topic how many orders each customer of another has. */
    static StreamingQuery countOrders(
            TableSession session, String servers, String orders, String counts, Path checkpoint) {
        session.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", servers)
                .option("subscribe", orders)
                .option("startingOffsets", "earliest")
                .load()
                .createOrReplaceTempView("orders");
        return session.sql("SELECT key, CAST(count(*) AS string) AS value FROM orders GROUP BY key")
                .writeStream()
                .outputMode("update")
                .format("kafka")
                .option("kafka.bootstrap.servers", servers)
                .option("topic", counts)
                .option("checkpointLocation", checkpoint.toString())
                .start();
    }

    @Test
    void countsOrders() throws Exception {
        Topic orders = new Topic(2);
        Topic counts = new Topic(1);
        orders.say(List.of(
                orders.record(0, 1_000, "ada", "tea"),
                orders.record(1, 1_000, "bob", "milk"),
                orders.record(0, 2_000, "ada", "cake")));

        try (TableSession session = TableSession.builder().build()) {
            countOrders(session, KafkaBroker.shared().bootstrap(), orders.name, counts.name, checkpoint);
            for (int turn = 0; turn < MOST_TURNS && !newest(counts).equals(List.of("ada 2", "bob 1")); turn++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }

        assertThat(newest(counts)).containsExactly("ada 2", "bob 1");
    }

    private static List<String> newest(Topic counts) {
        TreeMap<String, String> newest = new TreeMap<>();
        counts.committed()
                .forEach(
                        record -> newest.put(KafkaFormatTest.text(record.key()), KafkaFormatTest.text(record.value())));
        return newest.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
    }
}
