// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How long a range is waited for that brings no records. */
class RangeReadingTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final AtomicLong position = new AtomicLong();
    private final AtomicInteger polls = new AtomicInteger();

    /** A consumer that has no records and passes over so many aborted ones in each poll. */
    @SuppressWarnings("unchecked")
    private Consumer<byte[], byte[]> passingOver(long aborted) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                RangeReadingTest.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "poll" -> {
                        polls.incrementAndGet();
                        position.addAndGet(aborted);
                        yield ConsumerRecords.empty();
                    }
                    case "position" -> position.get();
                    default -> null;
                });
    }

    private void read(long aborted) throws IOException {
        new RangeReading("topics", false)
                .read(passingOver(aborted), Map.of(PARTITION, 0L), Map.of(PARTITION, 1_000L), rows -> {});
    }

    @Test
    void passesOverAbortedRecordsHoweverManyThereAre() throws IOException {
        read(1);

        assertThat(polls).hasValue(1_000);
    }

    @Test
    void givesUpARangeInWhichNothingMoves() {
        assertThatThrownBy(() -> read(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing came for a minute from [t-0]");
        assertThat(polls.get()).isBetween(600, 602);
    }
}
