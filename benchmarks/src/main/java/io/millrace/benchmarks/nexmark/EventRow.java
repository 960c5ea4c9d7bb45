// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/**
 * An event as a row, whose values are made when they are asked for: a column that nobody reads costs nobody anything, whichever engine
 * asks. The columns are those of {@link NexmarkRows}. Immutable; two are equal if they are of one kind and all values are.
 */
public sealed interface EventRow permits Person, Auction, Bid {

    /** A number, or a time in microseconds since 1970, by its column. */
    long number(int column);

    /** A text, by its column. */
    Ascii text(int column);

    /** What is thrown if a column has no values of the kind asked for. */
    static IndexOutOfBoundsException none(String what, int column) {
        return new IndexOutOfBoundsException("no " + what + " in column " + column);
    }
}
