// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

/**
 * What a sender sent.
 *
 * @param lines complete lines; there are no others
 * @param words all words, a line's send time included
 * @param bytes all bytes, line ends included
 * @param totals how often each word to be counted was sent
 */
record Sent(long lines, long words, long bytes, Totals totals) {

    /** The line with these figures in it. */
    JsonLine describe(JsonLine line) {
        return totals.describe(line.with("lines", lines).with("words", words).with("bytes", bytes));
    }
}
