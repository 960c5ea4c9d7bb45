// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

/** What a task tells the {@link QueryClock} about the rows that pass by. */
public sealed interface QueryControl {

    /**
     * Rows have come from a source.
     *
     * @param source its number among {@link QueryGraph#sources}
     * @param rows how many
     */
    record Arrived(int source, long rows) implements QueryControl {}

    /**
     * Rows have passed a place where the query has a watermark.
     *
     * @param node the number of the watermark
     * @param times their event times
     * @param newest the one with the latest time that may move the watermark
     */
    record Passed(int node, EventTimes times, NewestRow newest) implements QueryControl {

        /** Rows of which nothing is known but their times. */
        Passed(int node, EventTimes times) {
            this(node, times, NewestRow.NONE);
        }
    }
}
