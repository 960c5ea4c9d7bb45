// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import java.util.Collections;
import java.util.List;

/**
 * What a {@link QueryClock} remembers between batches.
 *
 * @param nextBatch the number of the next batch
 * @param current the watermark for the next batch, in milliseconds since 1970; never goes back
 * @param last the watermark of the last batch
 * @param nodes per watermark of the query the latest event time less the delay, in milliseconds; {@link #NONE} if no row has passed it
 * @param heard per watermark the engine's time at which a row passed it last, in milliseconds
 */
public record ClockState(long nextBatch, long current, long last, List<Long> nodes, List<Long> heard) {

    /** No row has passed. */
    public static final long NONE = Long.MIN_VALUE;

    public ClockState {
        nodes = List.copyOf(nodes);
        heard = List.copyOf(heard);
    }

    /** Before the first batch. */
    static ClockState first(int nodes, long nowMillis) {
        return new ClockState(
                0, 0, 0, Collections.nCopies(nodes, NONE), java.util.Collections.nCopies(nodes, nowMillis));
    }
}
