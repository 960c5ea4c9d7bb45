// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/**
 * Somebody who opens auctions and bids.
 *
 * @param events of which it is one
 * @param event its number among all events
 * @param dice what its values are thrown with
 */
public record Person(NexmarkEvents events, long event, long dice) implements EventRow {

    private static final String[] FIRST_NAMES = {
        "Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter", "Walter"
    };
    private static final String[] LAST_NAMES = {
        "Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris"
    };
    private static final Ascii[] CITIES = Ascii.all(
            "Phoenix",
            "Los Angeles",
            "San Francisco",
            "Boise",
            "Portland",
            "Bend",
            "Redmond",
            "Seattle",
            "Kent",
            "Cheyenne");
    private static final Ascii[] STATES = Ascii.all("AZ", "CA", "ID", "OR", "WA", "WY");
    private static final int CARD_PARTS = 4;

    /** The id. */
    public long id() {
        return NexmarkEvents.nextPerson(event);
    }

    /** First and last name. */
    public Ascii name() {
        return Ascii.of(Dice.of(Dice.thrown(dice, 1), FIRST_NAMES) + ' ' + Dice.of(Dice.thrown(dice, 2), LAST_NAMES));
    }

    /** The address, in small letters. */
    public Ascii emailAddress() {
        return Ascii.of(word(3, 7) + '@' + word(4, 5) + ".com");
    }

    private String word(int place, int length) {
        return Dice.text(Dice.thrown(dice, place), length, length).toString().replace(' ', '_');
    }

    /** Four times four digits. */
    public Ascii creditCard() {
        StringBuilder card = new StringBuilder();
        for (int i = 0; i < CARD_PARTS; i++) {
            card.append(i == 0 ? "" : " ").append(1000 + Dice.below(Dice.thrown(dice, 5 + i), 9000));
        }
        return Ascii.of(card.toString());
    }

    /** Where they live. */
    public Ascii city() {
        return Dice.of(Dice.thrown(dice, 9), CITIES);
    }

    /** Two capital letters. */
    public Ascii state() {
        return Dice.of(Dice.thrown(dice, 10), STATES);
    }

    /** When the account was made, in microseconds since 1970. */
    public long micros() {
        return events.micros(event);
    }

    /** What makes them as long as a person is. */
    public Ascii extra() {
        return Dice.text(Dice.thrown(dice, 11), 80, 120);
    }

    @Override
    public long number(int column) {
        return switch (column) {
            case 0 -> id();
            case 6 -> micros();
            default -> throw EventRow.none("number", column);
        };
    }

    @Override
    public Ascii text(int column) {
        return switch (column) {
            case 1 -> name();
            case 2 -> emailAddress();
            case 3 -> creditCard();
            case 4 -> city();
            case 5 -> state();
            case 7 -> extra();
            default -> throw EventRow.none("text", column);
        };
    }
}
