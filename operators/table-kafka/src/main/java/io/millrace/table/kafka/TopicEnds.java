// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks up which partitions there are, where they begin for a query and where they end.
 *
 * @param client the properties of consumers
 * @param topics which topics
 * @param start where a query begins with partitions that are there from its start; with others it begins at their beginning
 */
record TopicEnds(Map<String, Object> client, Subscription topics, Offsets start) {

    /**
     * What was found.
     *
     * @param begins where partitions begin that are there from the start, and of which nothing was known, by the name of the split
     * @param firsts where they begin if they came later
     * @param ends one after the last offset that can be read
     */
    record Found(Map<String, Long> begins, Map<String, Long> firsts, Map<TopicPartition, Long> ends) {}

    /**
     * Looks; may take as long as a client waits for the broker.
     *
     * @param known the splits of which something is known
     */
    Found look(Set<String> known) {
        try (Consumer<byte[], byte[]> consumer = KafkaTable.consumer(client)) {
            List<TopicPartition> partitions = topics.partitions(consumer);
            Set<TopicPartition> old = known.stream().map(TopicRange::partition).collect(Collectors.toSet());
            List<TopicPartition> fresh =
                    partitions.stream().filter(one -> !old.contains(one)).toList();
            return new Found(
                    bySplit(start.at(fresh, consumer, true)),
                    bySplit(consumer.beginningOffsets(fresh)),
                    consumer.endOffsets(partitions));
        }
    }

    private static Map<String, Long> bySplit(Map<TopicPartition, Long> offsets) {
        Map<String, Long> splits = new HashMap<>();
        offsets.forEach((partition, offset) -> splits.put(partition.toString(), offset));
        return splits;
    }
}
