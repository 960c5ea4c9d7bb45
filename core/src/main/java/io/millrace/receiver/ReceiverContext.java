// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import io.millrace.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the engine tells a receiver that it opens. */
public interface ReceiverContext {

    /** The number of the input stream, from 0. */
    int streamId();

    /** The executor it runs on, such as {@code executor-0}. */
    String executor();

    /** The clock and timer of the job: a receiver that waits or reads the time uses nothing else. */
    TimeSource time();

    /**
     * The batch interval of the job as it is now; batches end at its multiples since the epoch. It may change while the job runs. May be
     * called from any thread.
     */
    Duration batchInterval();

    /**
     * How far the source was read when this life of the receiver began: by split, one after the last number that counts as received.
     * It outlives the receiver's executor, and with a checkpoint directory the job. Empty at first, and if the source numbers nothing.
     */
    default Map<String, Long> offsets() {
        return Map.of();
    }

    /**
     * Blocks that a {@linkplain Receiver#isReplayable replayable} receiver has to deliver again before anything else, in this order,
     * each with exactly these ranges: they belong to a batch that was planned when the job was cut off. None at other times.
     */
    default List<List<OffsetRange>> replays() {
        return List.of();
    }

    /** The longest line in bytes, without its end; a longer one is rejected. */
    int maxLineBytes();

    /**
     * Reports something wrong that the receiver got over by itself: it is logged and shown to listeners. May be called
     * from any thread.
     */
    void reportError(String message, Throwable cause);
}
