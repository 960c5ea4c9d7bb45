// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/**
 * A bid: half of them are for hot auctions, three quarters by hot people.
 *
 * @param events of which it is one
 * @param event its number among all events
 * @param dice what its values are thrown with
 */
public record Bid(NexmarkEvents events, long event, long dice) implements EventRow {

    /** The id of an auction. */
    public long auction() {
        return NexmarkEvents.someAuction(event, Dice.thrown(dice, 1));
    }

    /** The id of a person. */
    public long bidder() {
        return NexmarkEvents.someone(event, Dice.thrown(dice, 2));
    }

    /** What is offered, in cents. */
    public long price() {
        return Dice.price(Dice.thrown(dice, 3));
    }

    /** Where it was made. */
    public Ascii channel() {
        return Channels.name(Dice.thrown(dice, 4));
    }

    /** The page on which it was made. */
    public Ascii url() {
        return Channels.page(Dice.thrown(dice, 4));
    }

    /** When it was made, in microseconds since 1970. */
    public long micros() {
        return events.micros(event);
    }

    /** What makes it as long as a bid is. */
    public Ascii extra() {
        return Dice.text(Dice.thrown(dice, 5), 20, 40);
    }

    @Override
    public long number(int column) {
        return switch (column) {
            case 0 -> auction();
            case 1 -> bidder();
            case 2 -> price();
            case 5 -> micros();
            default -> throw EventRow.none("number", column);
        };
    }

    @Override
    public Ascii text(int column) {
        return switch (column) {
            case 3 -> channel();
            case 4 -> url();
            case 6 -> extra();
            default -> throw EventRow.none("text", column);
        };
    }
}
