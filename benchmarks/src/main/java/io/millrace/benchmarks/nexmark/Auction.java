// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/**
 * Something for sale, by a hot seller in three cases of four.
 *
 * @param events of which it is one
 * @param event its number among all events
 * @param dice what its values are thrown with
 */
public record Auction(NexmarkEvents events, long event, long dice) implements EventRow {

    private static final long FIRST_CATEGORY = 10;
    private static final int CATEGORIES = 5;

    /** Its id. */
    public long id() {
        return NexmarkEvents.nextAuction(event);
    }

    /** What it is. */
    public Ascii itemName() {
        return Dice.text(Dice.thrown(dice, 2), 20, 20);
    }

    /** What is said of it. */
    public Ascii description() {
        return Dice.text(Dice.thrown(dice, 3), 100, 100);
    }

    /** What is asked for at first, in cents. */
    public long initialBid() {
        return Dice.price(Dice.thrown(dice, 1));
    }

    /** Below which it is not sold, in cents. */
    public long reserve() {
        return initialBid() + Dice.price(Dice.thrown(dice, 4));
    }

    /** When it was opened, in microseconds since 1970. */
    public long micros() {
        return events.micros(event);
    }

    /** When it closes. */
    public long expiresMicros() {
        return micros() + (1 + Dice.below(Dice.thrown(dice, 5), events.longestOpenMillis())) * 1000;
    }

    /** The id of a person. */
    public long seller() {
        return NexmarkEvents.someone(event, Dice.thrown(dice, 6));
    }

    /** What kind of thing it is. */
    public long category() {
        return FIRST_CATEGORY + Dice.below(Dice.thrown(dice, 7), CATEGORIES);
    }

    /** What makes it as long as an auction is. */
    public Ascii extra() {
        return Dice.text(Dice.thrown(dice, 8), 250, 350);
    }

    @Override
    public long number(int column) {
        return switch (column) {
            case 0 -> id();
            case 3 -> initialBid();
            case 4 -> reserve();
            case 5 -> micros();
            case 6 -> expiresMicros();
            case 7 -> seller();
            case 8 -> category();
            default -> throw EventRow.none("number", column);
        };
    }

    @Override
    public Ascii text(int column) {
        return switch (column) {
            case 1 -> itemName();
            case 2 -> description();
            case 9 -> extra();
            default -> throw EventRow.none("text", column);
        };
    }
}
