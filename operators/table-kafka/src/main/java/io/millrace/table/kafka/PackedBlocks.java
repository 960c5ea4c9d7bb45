// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receivers.kafka.KafkaReceiver;
import java.util.List;

/**
 * Joins the records of each block of a receiver into one array, of which a task makes one batch of columns: their order stays, and nothing
 * is done per record but copying it.
 *
 * @param receiver reads the topics
 */
record PackedBlocks(KafkaReceiver<byte[]> receiver) implements Receiver<byte[]> {

    @Override
    public String name() {
        return receiver.name();
    }

    @Override
    public boolean isReplayable() {
        return receiver.isReplayable();
    }

    @Override
    public Feed<byte[]> open(ReceiverContext context) {
        if (receiver.open(context) instanceof Feed.Deliveries<byte[]> blocks) {
            return Feed.deliveries(blocks.deliveries().map(PackedBlocks::packed));
        }
        throw new IllegalStateException("the receiver " + name() + " does not deliver blocks");
    }

    private static Delivery<byte[]> packed(Delivery<byte[]> delivery) {
        if (delivery instanceof Delivery.Whole<byte[]> block && !block.records().isEmpty()) {
            return new Delivery.Whole<>(List.of(KafkaRows.join(block.records())), block.receipt(), block.ranges());
        }
        return delivery;
    }
}
