// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.ReceiverContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells the broker, for those who look at the lag of a group there, how far the topics count as received. Nothing is ever read by it.
 * Thread-safe: receipts come on the engine's threads, the thread that polls commits.
 */
final class BrokerCommits {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Optional<String> group;
    private final ReceiverContext context;
    private final Map<TopicPartition, OffsetAndMetadata> received = new HashMap<>();
    private Instant next = Instant.MIN;

    BrokerCommits(Optional<String> group, ReceiverContext context) {
        this.group = group;
        this.context = context;
    }

    /** The receipt of a block with these ranges. */
    Receipt receipt(List<OffsetRange> ranges) {
        if (group.isEmpty()) {
            return Receipt.NONE;
        }
        return new Receipt() {
            @Override
            public void received() {
                note(ranges);
            }

            @Override
            public void failed(Throwable cause) {
                // whoever reads it again will note it
            }
        };
    }

    private synchronized void note(List<OffsetRange> ranges) {
        ranges.stream()
                .filter(range -> !Split.isMark(range.split()))
                .forEach(range -> Split.parse(range.split())
                        .ifPresent(split -> received.put(split.partition(), new OffsetAndMetadata(range.to()))));
    }

    /** Commits what has come since, at most once a second, without waiting. */
    void commit(Consumer<?, ?> consumer, Instant now) {
        if (group.isEmpty() || now.isBefore(next)) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets;
        synchronized (this) {
            offsets = Map.copyOf(received);
            received.clear();
        }
        if (!offsets.isEmpty()) {
            next = now.plus(INTERVAL);
            consumer.commitAsync(offsets, (committed, failure) -> {
                if (failure != null) {
                    context.reportError("the offsets of group " + group.orElse("") + " were not committed", failure);
                }
            });
        }
    }
}
