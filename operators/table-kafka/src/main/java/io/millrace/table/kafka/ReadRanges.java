// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.operator.Guard;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.ColumnBatch;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the ranges that come, each with a consumer of its own.
 *
 * @param client the properties of consumers
 * @param reading how
 * @param failsOnLoss whether records that are gone are an error; otherwise what is left of the range is read
 */
record ReadRanges(Map<String, Object> client, RangeReading reading, boolean failsOnLoss)
        implements RecordOperator<String, ColumnBatch> {

    @Override
    public String kind() {
        return "readRanges";
    }

    @Override
    public Step<String> open(StepContext context, Step<ColumnBatch> out) {
        Guard guard = context.guard();
        return text -> read(text, guard, out);
    }

    private void read(String text, Guard guard, Step<ColumnBatch> out) throws Exception {
        TopicRange range = TopicRange.parse(text);
        try (Consumer<byte[], byte[]> consumer = KafkaTable.consumer(client)) {
            TopicPartition partition = range.partition();
            List<TopicPartition> one = List.of(partition);
            long first = Math.max(range.from(), consumer.beginningOffsets(one).getOrDefault(partition, 0L));
            long last = Math.min(range.to(), consumer.endOffsets(one).getOrDefault(partition, 0L));
            if (failsOnLoss && (first > range.from() || last < range.to())) {
                throw new QueryExecutionException(
                        "KAFKA_DATA_LOSS",
                        "of " + text + " only the records from " + Math.min(first, last) + " to before " + last
                                + " are there; with the option 'failOnDataLoss' false these are read");
            }
            reading.read(consumer, Map.of(partition, first), Map.of(partition, last), out::push);
        } catch (Exception e) {
            guard.failed(text, e);
        }
    }
}
