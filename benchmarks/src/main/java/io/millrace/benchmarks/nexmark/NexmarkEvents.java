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
    private static final long FIRST_CATEGORY = 10;
    private static final int CATEGORIES = 5;
    private static final int HOT_EVERY = 100;
    private static final int OPEN_AUCTIONS = 100;
    private static final int ACTIVE_PEOPLE = 1_000;
    private static final long STARTS_MICROS = 1_436_918_400_000_000L;

    private static final String[] FIRST_NAMES = {
        "Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter", "Walter"
    };
    private static final String[] LAST_NAMES = {
        "Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris"
    };
    private static final String[] CITIES = {
        "Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent", "Cheyenne"
    };
    private static final String[] STATES = {"AZ", "CA", "ID", "OR", "WA", "WY"};

    private final long seed;
    private final double microsPerEvent;

    /**
     * Events.
     *
     * @param eventsPerSecond how many lie in a second of event time
     */
    public NexmarkEvents(long seed, double eventsPerSecond) {
        this.seed = seed;
        this.microsPerEvent = 1e6 / eventsPerSecond;
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

    /** When an event happens, in microseconds since 1970; a whole number of milliseconds, and never before an earlier one. */
    public long micros(long event) {
        long millis = (long) (event * microsPerEvent / 1000);
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

    /** An event that is a {@link Kind#PERSON}. */
    public Person person(long event) {
        Dice dice = new Dice(seed, event);
        String first = dice.of(FIRST_NAMES);
        String last = dice.of(LAST_NAMES);
        return new Person(
                FIRST_ID + persons(event),
                Ascii.of(first + ' ' + last),
                Ascii.of(dice.text(7).toString().replace(' ', '_') + '@'
                        + dice.text(5).toString().replace(' ', '_') + ".com"),
                Ascii.of(creditCard(dice)),
                Ascii.of(dice.of(CITIES)),
                Ascii.of(dice.of(STATES)),
                micros(event),
                dice.text(80 + (int) dice.below(40)));
    }

    private static String creditCard(Dice dice) {
        StringBuilder card = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            card.append(i == 0 ? "" : " ").append(1000 + dice.below(9000));
        }
        return card.toString();
    }

    /** An event that is an {@link Kind#AUCTION}. */
    public Auction auction(long event) {
        Dice dice = new Dice(seed, event);
        long initialBid = dice.price();
        long open = (long) (OPEN_AUCTIONS / (double) AUCTIONS * ROUND * microsPerEvent / 1000);
        return new Auction(
                FIRST_ID + auctions(event),
                dice.text(20),
                dice.text(100),
                initialBid,
                initialBid + dice.price(),
                micros(event),
                micros(event) + (1 + dice.below(Math.max(1, open * 2))) * 1000,
                FIRST_ID + person(dice, event, 4),
                FIRST_CATEGORY + dice.below(CATEGORIES),
                dice.text(250 + (int) dice.below(100)));
    }

    /** An event that is a {@link Kind#BID}. */
    public Bid bid(long event) {
        Dice dice = new Dice(seed, event);
        long last = Math.max(0, auctions(event) - 1);
        long auction =
                dice.below(2) > 0 ? last / HOT_EVERY * HOT_EVERY : last - dice.below(Math.min(last, OPEN_AUCTIONS) + 1);
        long bidder = person(dice, event, 4);
        long price = dice.price();
        boolean hot = dice.below(2) > 0;
        int number = (int) dice.below(Channels.COUNT);
        return new Bid(
                FIRST_ID + auction,
                FIRST_ID + bidder,
                price,
                Channels.name(number, hot),
                Channels.page(number, hot),
                micros(event),
                dice.text(20 + (int) dice.below(20)));
    }

    /** One of the people so far: in all but one of {@code ratio} cases a hot one. */
    private static long person(Dice dice, long event, int ratio) {
        long people = persons(event + 1);
        if (dice.below(ratio) > 0) {
            return (people - 1) / HOT_EVERY * HOT_EVERY;
        }
        long active = Math.min(people, ACTIVE_PEOPLE);
        return people - 1 - dice.below(active);
    }
}
