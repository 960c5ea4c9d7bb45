// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/**
 * The events of Nexmark: of 50 one is a person, three are auctions and 46 are bids. What an event is depends on the seed and its number
 * alone.
 *
 * <p>Half of the bids are for one of every hundred auctions, three quarters by one of every hundred people, and three quarters of the
 * auctions are of one of every hundred sellers. Immutable.
 */
public final class NexmarkEvents {

    /** Events after which the kinds come again. */
    public static final int ROUND = 50;

    private static final int AUCTIONS = 3;
    private static final int BIDS = ROUND - 1 - AUCTIONS;
    private static final long FIRST_ID = 1_000;
    private static final int HOT_EVERY = 100;
    private static final int COLD_EVERY = 4;
    private static final int OPEN_AUCTIONS = 100;
    private static final int ACTIVE_PEOPLE = 1_000;
    private static final long STARTS_MICROS = 1_436_918_400_000_000L;

    private final long seed;
    private final long longestOpenMillis;
    private final double millisPerEvent;

    /**
     * Events.
     *
     * @param eventsPerSecond how many lie in a second of event time
     */
    public NexmarkEvents(long seed, double eventsPerSecond) {
        this.seed = Dice.seeded(seed);
        this.millisPerEvent = 1e3 / eventsPerSecond;
        long open = (long) (OPEN_AUCTIONS / (double) AUCTIONS * ROUND * millisPerEvent);
        this.longestOpenMillis = Math.max(1, open * 2);
    }

    /** What an event is. */
    public enum Kind {
        PERSON,
        AUCTION,
        BID
    }

    /** What the event of this number is. */
    public static Kind kind(long event) {
        long place = event % ROUND;
        if (place == 0) {
            return Kind.PERSON;
        }
        return place <= AUCTIONS ? Kind.AUCTION : Kind.BID;
    }

    /** The number of the event that is the n-th of its kind, from 0. */
    public static long nth(Kind kind, long n) {
        return switch (kind) {
            case PERSON -> n * ROUND;
            case AUCTION -> n / AUCTIONS * ROUND + 1 + n % AUCTIONS;
            case BID -> n / BIDS * ROUND + 1 + AUCTIONS + n % BIDS;
        };
    }

    /** The numbers of the events of a kind from one number, in, to another, out. */
    static long[] numbers(Kind kind, long from, long to) {
        long[] numbers = new long[count(kind, from, to)];
        int first = kind == Kind.PERSON ? 0 : kind == Kind.AUCTION ? 1 : 1 + AUCTIONS;
        int last = kind == Kind.PERSON ? 0 : kind == Kind.AUCTION ? AUCTIONS : ROUND - 1;
        int made = 0;
        for (long round = from / ROUND * ROUND; round < to; round += ROUND) {
            long least = Math.max(from, round + first);
            long most = Math.min(to - 1, round + last);
            for (long event = least; event <= most; event++) {
                numbers[made++] = event;
            }
        }
        return numbers;
    }

    /** How many events of a kind there are from one number, in, to another, out. */
    private static int count(Kind kind, long from, long to) {
        return Math.toIntExact(before(kind, to) - before(kind, from));
    }

    /** How many events of a kind there are before a number. */
    private static long before(Kind kind, long event) {
        return switch (kind) {
            case PERSON -> persons(event);
            case AUCTION -> auctions(event);
            case BID -> event - persons(event) - auctions(event);
        };
    }

    /** When an event happens, in microseconds since 1970; a whole number of milliseconds, and never before an earlier one. */
    public long micros(long event) {
        long millis = (long) (event * millisPerEvent);
        return STARTS_MICROS + millis * 1000;
    }

    /** How many persons there are among the first events. */
    private static long persons(long events) {
        return (events + ROUND - 1) / ROUND;
    }

    /** How many auctions there are among the first events. */
    private static long auctions(long events) {
        return events / ROUND * AUCTIONS + Math.min(Math.max(events % ROUND - 1, 0), AUCTIONS);
    }

    /** How long an auction is open at most, in milliseconds: so long that about {@value #OPEN_AUCTIONS} are open at a time. */
    long longestOpenMillis() {
        return longestOpenMillis;
    }

    /** The id of the person that comes with this event. */
    static long nextPerson(long event) {
        return FIRST_ID + persons(event);
    }

    /** The id of the auction that comes with this event. */
    static long nextAuction(long event) {
        return FIRST_ID + auctions(event);
    }

    /** The id of an auction so far: in half of the cases the hot one of the time, else one of the last. */
    static long someAuction(long event, long thrown) {
        long last = Math.max(0, auctions(event) - 1);
        long open = last - Dice.below(thrown, Math.min(last, OPEN_AUCTIONS) + 1);
        return FIRST_ID + Dice.likely(thrown, 2, last / HOT_EVERY * HOT_EVERY, open);
    }

    /** The id of one of the people so far: in all but one of four cases a hot one. */
    static long someone(long event, long thrown) {
        long last = persons(event + 1) - 1;
        long active = last - Dice.below(thrown, Math.min(last + 1, ACTIVE_PEOPLE));
        return FIRST_ID + Dice.likely(thrown, COLD_EVERY, last / HOT_EVERY * HOT_EVERY, active);
    }

    /** An event that is a {@link Kind#PERSON}. */
    public Person person(long event) {
        return new Person(this, event, Dice.of(seed, event));
    }

    /** An event that is an {@link Kind#AUCTION}. */
    public Auction auction(long event) {
        return new Auction(this, event, Dice.of(seed, event));
    }

    /** An event that is a {@link Kind#BID}. */
    public Bid bid(long event) {
        return new Bid(this, event, Dice.of(seed, event));
    }

    /** An event, whose number must be that of one of the kind. */
    public EventRow row(Kind kind, long event) {
        return switch (kind) {
            case PERSON -> person(event);
            case AUCTION -> auction(event);
            case BID -> bid(event);
        };
    }
}
