// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/** The places from which bids are made, with their pages; made once, as in the original. */
final class Channels {

    private static final int COUNT = 10_000;

    private static final String[] HOT = {"Google", "Facebook", "Baidu", "Apple"};
    private static final Ascii[] HOT_NAMES = new Ascii[HOT.length];
    private static final Ascii[] NAMES = new Ascii[COUNT];
    private static final Ascii[] PAGES = new Ascii[COUNT];
    private static final Ascii[] PAGES_WITH_ID = new Ascii[COUNT];

    static {
        for (int i = 0; i < HOT.length; i++) {
            HOT_NAMES[i] = Ascii.of(HOT[i]);
        }
        for (int number = 0; number < COUNT; number++) {
            String page = "https://www.nexmark.com/" + directory(number) + '/' + directory(number + 1) + '/'
                    + directory(number + 2) + "/item.htm?query=1";
            NAMES[number] = Ascii.of("channel-" + number);
            PAGES[number] = Ascii.of(page);
            PAGES_WITH_ID[number] = Ascii.of(page + "&channel_id=" + Long.reverse(number) % 1_000_000_007L);
        }
    }

    private Channels() {}

    private static String directory(long number) {
        return Dice.text(Dice.thrown(Dice.seeded(number), 1), 5, 5).toString().replace(' ', '_');
    }

    /** The name of one of them; half of the throws are for a hot one. */
    static Ascii name(long thrown) {
        int number = number(thrown);
        return isHot(thrown) ? HOT_NAMES[number % HOT.length] : NAMES[number];
    }

    /** The page of the one that {@link #name} names. */
    static Ascii page(long thrown) {
        int number = number(thrown);
        return isHot(thrown) || number % 10 == 0 ? PAGES[number] : PAGES_WITH_ID[number];
    }

    private static boolean isHot(long thrown) {
        return Dice.likely(thrown, 2);
    }

    private static int number(long thrown) {
        return (int) Dice.below(thrown, COUNT);
    }
}
