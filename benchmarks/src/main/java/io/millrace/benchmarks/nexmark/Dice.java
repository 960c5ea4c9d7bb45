// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers that depend on a seed, the number of an event and a place only, so that events can be made in any order and by any
 * thread, and each value of an event without the others. An event throws at most {@link #MOST} times.
 */
final class Dice {

    /** The highest place. */
    static final int MOST = 30;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int LOW_BITS = 16;
    private static final long LOW = (1 << LOW_BITS) - 1;
    private static final byte[] LETTERS = new byte[1 << 16];

    /** A hundred times powers of ten from 0 to 6; between two of them lies a straight line. */
    private static final int STEPS = 6 << 7;

    private static final long[] PRICES = new long[STEPS + 1];

    static {
        byte[] alphabet = "abcdefghijklmnopqrstuvwxyz ".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < LETTERS.length; i++) {
            LETTERS[i] = alphabet[(int) below(thrown(0, i), alphabet.length)];
        }
        for (int i = 0; i <= STEPS; i++) {
            PRICES[i] = Math.round(100 * Math.pow(10, i * 6.0 / STEPS));
        }
    }

    private Dice() {}

    /** What all events of a seed have in common. */
    static long seeded(long seed) {
        return mixed(seed);
    }

    /** The dice of an event. */
    static long of(long seeded, long event) {
        return seeded + event * GOLDEN * (MOST + 1);
    }

    /** 64 random bits. */
    static long thrown(long dice, int place) {
        return mixed(dice + place * GOLDEN);
    }

    private static long mixed(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number from 0 to below {@code bound}, by the high bits of a throw. */
    static long below(long thrown, long bound) {
        return Math.multiplyHigh(thrown >>> 1, bound << 1);
    }

    /** An element of an array. */
    static <T> T of(long thrown, T[] choices) {
        return choices[(int) below(thrown, choices.length)];
    }

    /** True in all but one of {@code cases} cases, a power of two, by the low bits of a throw. */
    static boolean likely(long thrown, int cases) {
        return (thrown & (cases - 1)) != 0;
    }

    /** The first number where {@link #likely} is true, else the second; without a jump, which would be guessed wrong too often. */
    static long likely(long thrown, int cases, long often, long seldom) {
        long isSeldom = ((thrown & (cases - 1)) - 1) >> (Long.SIZE - 1);
        return often ^ ((often ^ seldom) & isSeldom);
    }

    /** At least so many small letters and blanks, and fewer than so many unless that is the same: a part of some that were thrown once. */
    static Ascii text(long thrown, int least, int below) {
        int length = least + (int) (((thrown & LOW) * (below - least)) >>> LOW_BITS);
        return Ascii.of(LETTERS, (int) below(thrown, LETTERS.length - length), length);
    }

    /** A price: small ones are frequent, and a few are a million times as high. */
    static long price(long thrown) {
        int step = (int) below(thrown, STEPS);
        long low = PRICES[step];
        return low + (((PRICES[step + 1] - low) * (thrown & LOW)) >>> LOW_BITS);
    }
}
