// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.ReceiverContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * How far a query has read a source whose ranges tasks read, such as the files of a directory, and what the next batch has of it. Asked by a {@link
 * RangeReceiver}, one call at a time.
 *
 * @param <F> what is found when the source is looked at
 */
public interface RangeCursor<F> {

    /**
     * Goes on from there, and forgets what it knew before.
     *
     * @param offsets how far the source was read, by split
     * @throws RuntimeException if they are of another source
     */
    void begin(Map<String, Long> offsets);

    /** A batch that was planned before has these ranges: they count as given. */
    void given(List<OffsetRange> ranges);

    /** Finds what there is now; called by a thread that may wait, beside anything else. */
    Callable<F> look();

    /**
     * Takes what was found.
     *
     * @param context where something is reported that it gets over
     * @throws RuntimeException if the source cannot be read on
     */
    void take(F found, ReceiverContext context);

    /** The blocks of the next batch, each of which one task reads, as ranges; at most so many as a batch may have. They count as given. */
    List<List<OffsetRange>> next();

    /** Whether all that was found is given. */
    boolean isAllGiven();

    /** What a task is told to read; ranges without anything in them are told to none. */
    String text(OffsetRange range);
}
