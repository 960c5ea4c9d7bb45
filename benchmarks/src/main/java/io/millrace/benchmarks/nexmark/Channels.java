// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/** The places from which bids are made, with their pages; made once, as in the original. */
final class Channels {

    /** How many there are. */
    static final int COUNT = 10_000;

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
        return new Dice(number, 0).text(5).toString().replace(' ', '_');
    }

    static Ascii name(int number, boolean hot) {
        return hot ? HOT_NAMES[number % HOT.length] : NAMES[number];
    }

    static Ascii page(int number, boolean hot) {
        return hot || number % 10 == 0 ? PAGES[number] : PAGES_WITH_ID[number];
    }
}
