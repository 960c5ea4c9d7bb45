// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.LongBuilder;
import io.millrace.table.data.Utf8Builder;
import io.millrace.table.type.Schema;

/** The events of one kind as columns. */
final class NexmarkBatches {

    private NexmarkBatches() {}

    /** Those of a kind among the events from one number, in, to another, out. */
    static ColumnBatch of(NexmarkEvents events, NexmarkEvents.Kind kind, long from, long to) {
        Schema schema = NexmarkRows.schema(kind);
        Columns columns = new Columns(new ColumnBatchBuilder(schema, Math.toIntExact(to - from)));
        for (long event = from; event < to; event++) {
            if (NexmarkEvents.kind(event) == kind) {
                columns.begin();
                switch (kind) {
                    case PERSON -> add(columns, events.person(event));
                    case AUCTION -> add(columns, events.auction(event));
                    case BID -> add(columns, events.bid(event));
                }
                columns.builder.rowDone();
            }
        }
        return columns.builder.build();
    }

    private static void add(Columns columns, Person person) {
        columns.add(person.id());
        columns.add(person.name());
        columns.add(person.emailAddress());
        columns.add(person.creditCard());
        columns.add(person.city());
        columns.add(person.state());
        columns.add(person.micros());
        columns.add(person.extra());
    }

    private static void add(Columns columns, Auction auction) {
        columns.add(auction.id());
        columns.add(auction.itemName());
        columns.add(auction.description());
        columns.add(auction.initialBid());
        columns.add(auction.reserve());
        columns.add(auction.micros());
        columns.add(auction.expiresMicros());
        columns.add(auction.seller());
        columns.add(auction.category());
        columns.add(auction.extra());
    }

    private static void add(Columns columns, Bid bid) {
        columns.add(bid.auction());
        columns.add(bid.bidder());
        columns.add(bid.price());
        columns.add(bid.channel());
        columns.add(bid.url());
        columns.add(bid.micros());
        columns.add(bid.extra());
    }

    /** Adds values to one column after the other. */
    private static final class Columns {

        private final ColumnBatchBuilder builder;
        private int next;

        Columns(ColumnBatchBuilder builder) {
            this.builder = builder;
        }

        void begin() {
            next = 0;
        }

        void add(long value) {
            ((LongBuilder) builder.column(next++)).appendLong(value);
        }

        void add(Ascii text) {
            ((Utf8Builder) builder.column(next++)).appendBytes(text.bytes(), text.offset(), text.length());
        }
    }
}
