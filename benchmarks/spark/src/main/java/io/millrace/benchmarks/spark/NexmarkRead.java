// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import io.millrace.benchmarks.nexmark.Ascii;
import io.millrace.benchmarks.nexmark.Auction;
import io.millrace.benchmarks.nexmark.Bid;
import io.millrace.benchmarks.nexmark.NexmarkEvents;
import io.millrace.benchmarks.nexmark.NexmarkEvents.Kind;
import io.millrace.benchmarks.nexmark.Person;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.unsafe.types.UTF8String;

/** Makes the events of one kind in Spark's tasks. */
record NexmarkRead(Kind kind, long seed, double perSecond) implements PartitionReaderFactory {

    /**
     * A part of a batch.
     *
     * @param from the number of the first event, of whatever kind
     * @param to the number after the last
     */
    record Range(long from, long to) implements InputPartition {}

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        return new Rows((Range) partition);
    }

    private final class Rows implements PartitionReader<InternalRow> {

        private final NexmarkEvents events = new NexmarkEvents(seed, perSecond);
        private final long to;
        private long event;

        Rows(Range range) {
            event = range.from() - 1;
            to = range.to();
        }

        @Override
        public boolean next() {
            do {
                event++;
            } while (event < to && NexmarkEvents.kind(event) != kind);
            return event < to;
        }

        @Override
        public InternalRow get() {
            return new GenericInternalRow(
                    switch (kind) {
                        case PERSON -> row(events.person(event));
                        case AUCTION -> row(events.auction(event));
                        case BID -> row(events.bid(event));
                    });
        }

        @Override
        public void close() {}
    }

    private static Object[] row(Person person) {
        return new Object[] {
            person.id(),
            text(person.name()),
            text(person.emailAddress()),
            text(person.creditCard()),
            text(person.city()),
            text(person.state()),
            person.micros(),
            text(person.extra())
        };
    }

    private static Object[] row(Auction auction) {
        return new Object[] {
            auction.id(),
            text(auction.itemName()),
            text(auction.description()),
            auction.initialBid(),
            auction.reserve(),
            auction.micros(),
            auction.expiresMicros(),
            auction.seller(),
            auction.category(),
            text(auction.extra())
        };
    }

    private static Object[] row(Bid bid) {
        return new Object[] {
            bid.auction(),
            bid.bidder(),
            bid.price(),
            text(bid.channel()),
            text(bid.url()),
            bid.micros(),
            text(bid.extra())
        };
    }

    private static UTF8String text(Ascii text) {
        return UTF8String.fromBytes(text.bytes(), text.offset(), text.length());
    }
}
