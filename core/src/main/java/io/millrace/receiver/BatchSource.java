// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import java.time.Instant;
import java.util.List;

/**
 * A source that is asked for the records of a batch when that batch is due.
 *
 * @param <T> records
 */
@FunctionalInterface
public interface BatchSource<T> {

    /**
     * The blocks of a batch, in order; none if there is nothing for it.
     *
     * <p>Called by the engine, one call at a time, at most once for a batch and in the order of time. It must be short and
     * must not block. It is not called for a batch if blocks of an earlier call do not count as received yet, or if the
     * job has no room for more; a batch that is late and absorbs others is one batch. What it
     * throws ends the source with that failure. If the source was opened with {@linkplain ReceiverContext#replays blocks to be read again}, it
     * is called at once, until it has given as many, since their batch is not due again but waits for them.
     *
     * @param batch the time of the batch, which is its end
     */
    List<Delivery.Whole<T>> next(Instant batch);
}
