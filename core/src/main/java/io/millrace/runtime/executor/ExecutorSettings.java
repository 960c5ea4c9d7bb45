// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

/**
 * How executors work.
 *
 * @param executors how many there are
 * @param slots how many tasks one of them runs at once
 * @param partitions how many partitions records are exchanged into
 * @param maxLineBytes the longest line of text
 * @param malformed what becomes of lines that are not UTF-8
 */
public record ExecutorSettings(int executors, int slots, int partitions, int maxLineBytes, MalformedText malformed) {

    /** Checks the numbers. */
    public ExecutorSettings {
        if (executors < 1 || slots < 1 || partitions < 1) {
            throw new IllegalArgumentException("executors, slots and partitions must be >= 1, but are " + executors
                    + ", " + slots + " and " + partitions);
        }
    }
}
