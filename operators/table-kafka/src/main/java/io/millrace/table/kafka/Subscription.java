// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.table.AnalysisException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Which topics are read.
 *
 * @param topics their names; with a pattern its text
 * @param pattern what the names of topics match as a whole, those that come later too
 */
record Subscription(List<String> topics, Optional<Pattern> pattern) {

    /** How topics of Kafka's own begin; no pattern takes them. */
    private static final String INTERNAL = "__";

    Subscription {
        topics = List.copyOf(topics);
    }

    /** Whether a topic is one of them. */
    boolean has(String topic) {
        return pattern.map(names -> names.matcher(topic).matches()).orElse(topics.contains(topic));
    }

    /** As plans show it. */
    String text() {
        return (pattern.isPresent() ? "SubscribePattern[" : "Subscribe[") + String.join(", ", topics) + "]";
    }

    /**
     * The partitions that there are now.
     *
     * @throws AnalysisException if a topic that is named is not there
     */
    List<TopicPartition> partitions(Consumer<?, ?> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        if (pattern.isPresent()) {
            consumer.listTopics().forEach((topic, found) -> {
                if (!topic.startsWith(INTERNAL) && has(topic)) {
                    add(partitions, found);
                }
            });
            return partitions;
        }
        for (String topic : topics) {
            Collection<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new AnalysisException("UNKNOWN_TOPIC", "there is no topic '" + topic + "' to read");
            }
            add(partitions, found);
        }
        return partitions;
    }

    private static void add(List<TopicPartition> partitions, Collection<PartitionInfo> found) {
        found.forEach(partition -> partitions.add(new TopicPartition(partition.topic(), partition.partition())));
    }
}
