// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

/**
 * How executors work.
 *
 * @param executors how many there are
 * @param slots how many tasks one of them runs at once
 * @param blockTasks how many of these tasks work on blocks, each with tables of its own; the others are for partitions
 * @param partitions how many partitions records are exchanged into
 * @param maxLineBytes the longest line of text
 * @param malformed what becomes of lines that are not UTF-8
 */
public record ExecutorSettings(
        int executors, int slots, int blockTasks, int partitions, int maxLineBytes, MalformedText malformed) {

    /** Checks the numbers. */
    public ExecutorSettings {
        if (executors < 1 || slots < 1 || partitions < 1 || blockTasks < 1 || blockTasks > slots) {
            throw new IllegalArgumentException(
                    "executors, slots, partitions and tasks on blocks must be >= 1, and the last no more than"
                            + " slots, but are " + executors + ", " + slots + ", " + partitions + " and " + blockTasks);
        }
    }
}
