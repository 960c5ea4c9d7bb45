// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

/**
 * The running totals of all words in three numbers, which agree exactly when the totals do.
 *
 * @param words the sum of all counts
 * @param distinct the number of words with a count
 * @param checksum the sum over all words of mix(hash(word)) × count, modulo 2<sup>64</sup>
 */
public record Totals(long words, long distinct, long checksum) {

    /** The line with the totals in it. */
    JsonLine describe(JsonLine line) {
        return line.with("counted", words).with("distinct", distinct).with("checksum", Long.toHexString(checksum));
    }

    /** The totals that {@link #describe} put into the line. */
    public static Totals of(JsonLine line) {
        return new Totals(
                line.whole("counted"), line.whole("distinct"), Long.parseUnsignedLong(line.text("checksum"), 16));
    }
}
