// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

/**
 * A block as the log knows it. Source and first number name it, since no number is added twice.
 *
 * @param source who sent it: a client of the acknowledged protocol, or a receiver that numbers its records itself
 * @param first the number of its first record, from 1
 * @param last the number of its last record
 * @param copies how many copies, or durable places, are confirmed
 */
public record LoggedBlock(String source, long first, long last, int copies) {

    /** Checks the numbers. */
    public LoggedBlock {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "a block goes from 1 or more to no less: " + source + " " + first + " to " + last);
        }
    }

    /** How many records it has. */
    public long records() {
        return last - first + 1;
    }

    /** What is left of it when all records up to this number are known. */
    LoggedBlock after(long known) {
        return known < first ? this : new LoggedBlock(source, known + 1, last, copies);
    }

    @Override
    public String toString() {
        return source + "[" + first + ".." + last + "]";
    }
}
