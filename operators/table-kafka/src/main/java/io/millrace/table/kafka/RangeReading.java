// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads ranges of offsets to their ends.
 *
 * @param what is read, for errors
 * @param headers whether they are a column
 */
record RangeReading(String what, boolean headers) {

    private static final Duration POLL = Duration.ofMillis(100);

    /** So many polls in a row may bring neither records nor an end of what was aborted: a minute. */
    private static final int MOST_IDLE_POLLS = 600;

    private static final int BATCH_ROWS = 8_192;

    /**
     * Takes rows.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    interface Target<E extends Exception> {
        void take(ColumnBatch rows) throws E;
    }

    /**
     * Reads until every partition has reached its end; what is at it or behind is left out.
     *
     * @param from the first offset of each
     * @param to one more than the last
     */
    <E extends Exception> void read(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to,
            Target<E> out)
            throws IOException, E {
        Map<TopicPartition, Long> open = new HashMap<>(to);
        open.entrySet().removeIf(range -> range.getValue() <= from.getOrDefault(range.getKey(), 0L));
        consumer.assign(open.keySet());
        open.keySet().forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
        ColumnBatchBuilder rows = new ColumnBatchBuilder(KafkaRows.schema(headers));
        Map<TopicPartition, Long> positions = new HashMap<>();
        int idle = 0;
        while (!open.isEmpty()) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                long end = to.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
                if (record.offset() < end) {
                    rows.append(KafkaRows.row(record, headers));
                }
                if (rows.rows() == BATCH_ROWS) {
                    out.take(rows.build());
                    rows = new ColumnBatchBuilder(KafkaRows.schema(headers));
                }
            }
            boolean moved = !polled.isEmpty();
            for (TopicPartition partition : List.copyOf(open.keySet())) {
                long position = consumer.position(partition);
                moved |= !Objects.equals(positions.put(partition, position), position);
                if (position >= open.getOrDefault(partition, 0L)) {
                    open.remove(partition);
                    consumer.pause(List.of(partition));
                }
            }
            idle = moved ? 0 : idle + 1;
            if (idle > MOST_IDLE_POLLS) {
                throw new IOException(what + " could not be read to its end: nothing came for a minute from "
                        + open.keySet() + ", perhaps for a transaction that is open");
            }
        }
        if (rows.rows() > 0) {
            out.take(rows.build());
        }
    }
}
