// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.listener;

import io.millrace.operator.BatchTime;
import java.time.Duration;
import java.util.List;

/**
 * Hears what happens in a job. Every method does nothing unless overridden.
 *
 * <p>Called by the driver's output thread, one call at a time, in the order in which things happened; a listener that takes
 * long delays the batches. What it throws is logged. It must not call {@code stop()} and wait for it.
 */
public interface StreamingListener {

    /** The job runs. */
    default void onStarted(BatchTime zero) {}

    /** A receiver runs. */
    default void onReceiverStarted(int stream, String name, String executor) {}

    /** Something is wrong with a receiver; {@code reopening} says whether its source is opened again. */
    default void onReceiverError(int stream, String message, boolean reopening) {}

    /** A receiver runs no more: its source is finished, it was stopped, or its executor died. */
    default void onReceiverStopped(int stream, String reason) {}

    /** A block counts as received. */
    default void onBlockReceived(BlockReport block) {}

    /**
     * How many bytes of a receiver were read and did not count as received yet, at the most since this was called last: they wait for
     * their block to be cut, for its copies or for the log. So much is lost when the receiver's executor dies and the source cannot send
     * again, besides what the buffers of its connections hold; without a checkpoint directory more is lost when the process dies. Called
     * with a batch, at most once per second and receiver, and not again for 0.
     */
    default void onAtRisk(int stream, long bytes) {}

    /** How many blocks are held by fewer executors than they should be; called when the number changes. */
    default void onUnderReplicated(int blocks) {}

    /** An executor lives. */
    default void onExecutorAdded(String executor) {}

    /** An executor died. */
    default void onExecutorLost(String executor) {}

    /**
     * The batch interval has changed.
     *
     * @param last the last batch of the old interval; those after it come at the multiples of the new one
     * @param interval the new interval
     */
    default void onBatchInterval(BatchTime last, Duration interval) {}

    /** A batch is planned: these blocks are in it and these executors work on them. */
    default void onBatchStarted(BatchTime batch, List<String> blocks, List<String> executors) {}

    /** A batch is done, well or not: see {@link BatchInfo#succeeded()}. */
    default void onBatchCompleted(BatchInfo batch) {}

    /** An output failed in a batch; {@code failure} names the record, the place and the cause. */
    default void onOutputFailed(BatchTime batch, String output, String failure) {}

    /** The job has ended. */
    default void onStopped(StopReport report) {}
}
