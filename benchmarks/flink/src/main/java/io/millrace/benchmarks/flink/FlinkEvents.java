// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.NexmarkOptions;
import io.millrace.benchmarks.nexmark.Ascii;
import io.millrace.benchmarks.nexmark.Auction;
import io.millrace.benchmarks.nexmark.Bid;
import io.millrace.benchmarks.nexmark.NexmarkEvents;
import io.millrace.benchmarks.nexmark.NexmarkEvents.Kind;
import io.millrace.benchmarks.nexmark.Person;
import java.io.Serial;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;

/**
 * The events of one kind, made by the tasks of a source in turn: with two tasks, one makes every other event. Flink's generator source
 * gives each task a range of numbers of its own, of which only the offset counts here.
 */
final class FlinkEvents implements GeneratorFunction<Long, RowData> {

    /** What the numbers of all tasks together are below. */
    static final long NUMBERS = 1L << 40;

    private static final int NOTED_EVERY = 256;
    private static final int MICROS_PER_MILLI = 1000;

    @Serial
    private static final long serialVersionUID = 1;

    /** By kind and task, the number of the event that was made last. */
    private static final Map<Kind, AtomicLongArray> MADE = new ConcurrentHashMap<>();

    private final Kind kind;
    private final long seed;
    private final double perSecond;
    private final int tasks;

    private transient NexmarkEvents events = new NexmarkEvents(0, 1);
    private transient int task;
    private transient long next;
    private transient AtomicLongArray made = new AtomicLongArray(0);

    FlinkEvents(Kind kind, NexmarkOptions options, int tasks) {
        this.kind = kind;
        this.seed = options.seed();
        this.perSecond = options.perSecond();
        this.tasks = tasks;
    }

    /** How many events have gone by in all, of whatever kind; of several kinds asked for, the one that is behind. */
    static long gone() {
        return MADE.values().stream().mapToLong(FlinkEvents::furthest).min().orElse(0);
    }

    private static long furthest(AtomicLongArray made) {
        long sum = 0;
        for (int i = 0; i < made.length(); i++) {
            sum += made.get(i);
        }
        return sum / made.length();
    }

    @Override
    public void open(SourceReaderContext context) {
        events = new NexmarkEvents(seed, perSecond);
        task = context.getIndexOfSubtask();
        next = task;
        made = MADE.computeIfAbsent(kind, any -> new AtomicLongArray(tasks));
    }

    @Override
    public RowData map(Long ignored) {
        long event = NexmarkEvents.nth(kind, next);
        if (next / tasks % NOTED_EVERY == 0) {
            made.lazySet(task, event);
        }
        next += tasks;
        return switch (kind) {
            case PERSON -> row(events.person(event));
            case AUCTION -> row(events.auction(event));
            case BID -> row(events.bid(event));
        };
    }

    private static RowData row(Person person) {
        return GenericRowData.of(
                person.id(),
                text(person.name()),
                text(person.emailAddress()),
                text(person.creditCard()),
                text(person.city()),
                text(person.state()),
                time(person.micros()),
                text(person.extra()));
    }

    private static RowData row(Auction auction) {
        return GenericRowData.of(
                auction.id(),
                text(auction.itemName()),
                text(auction.description()),
                auction.initialBid(),
                auction.reserve(),
                time(auction.micros()),
                time(auction.expiresMicros()),
                auction.seller(),
                auction.category(),
                text(auction.extra()));
    }

    private static RowData row(Bid bid) {
        return GenericRowData.of(
                bid.auction(),
                bid.bidder(),
                bid.price(),
                text(bid.channel()),
                text(bid.url()),
                time(bid.micros()),
                text(bid.extra()));
    }

    private static StringData text(Ascii text) {
        return BinaryStringData.fromBytes(text.bytes(), text.offset(), text.length());
    }

    private static TimestampData time(long micros) {
        return TimestampData.fromEpochMillis(micros / MICROS_PER_MILLI);
    }
}
