// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import java.nio.charset.StandardCharsets;

/** Random numbers that depend on a seed and the number of an event only, so that events can be made in any order and by any thread. */
final class Dice {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final byte[] LETTERS = new byte[1 << 16];

    /** Powers of ten from 0 to 6; between two of them lies a straight line. */
    private static final int STEPS = 6 << 10;

    private static final double[] POWERS = new double[STEPS + 1];

    static {
        byte[] alphabet = "abcdefghijklmnopqrstuvwxyz ".getBytes(StandardCharsets.US_ASCII);
        Dice dice = new Dice(0, 0);
        for (int i = 0; i < LETTERS.length; i++) {
            LETTERS[i] = alphabet[(int) dice.below(alphabet.length)];
        }
        for (int i = 0; i <= STEPS; i++) {
            POWERS[i] = Math.pow(10, i * 6.0 / STEPS);
        }
    }

    private long state;

    Dice(long seed, long event) {
        state = mixed(seed) + event * GOLDEN * 31;
    }

    private static long mixed(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long next() {
        state += GOLDEN;
        return mixed(state);
    }

    /** A number from 0 to below {@code bound}. */
    long below(long bound) {
        return Math.multiplyHigh(next() >>> 1, bound << 1);
    }

    /** A number from 0 to below 1. */
    double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** An element of an array. */
    String of(String[] choices) {
        return choices[(int) below(choices.length)];
    }

    /** So many small letters and blanks: a part of some that were thrown once. */
    Ascii text(int length) {
        return Ascii.of(LETTERS, (int) below(LETTERS.length - length), length);
    }

    /** A price: small ones are frequent, and a few are a million times as high. */
    long price() {
        double place = fraction() * STEPS;
        int step = (int) place;
        double low = POWERS[step];
        return Math.round((low + (POWERS[step + 1] - low) * (place - step)) * 100.0);
    }
}
