// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/** Random numbers that depend on a seed and the number of an event only, so that events can be made in any order and by any thread. */
final class Dice {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final char[] LETTERS = "abcdefghijklmnopqrstuvwxyz ".toCharArray();

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
        return Long.remainderUnsigned(next(), bound);
    }

    /** A number from 0 to below 1. */
    double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** An element of an array. */
    String of(String[] choices) {
        return choices[(int) below(choices.length)];
    }

    /** So many small letters and blanks. */
    String text(int length) {
        char[] text = new char[length];
        long bits = 0;
        for (int i = 0; i < length; i++) {
            if (i % 8 == 0) {
                bits = next();
            }
            text[i] = LETTERS[(int) (((bits & 0xff) * LETTERS.length) >>> 8)];
            bits >>>= 8;
        }
        return new String(text);
    }

    /** A price: small ones are frequent, and a few are a million times as high. */
    long price() {
        return Math.round(Math.pow(10.0, fraction() * 6.0) * 100.0);
    }
}
