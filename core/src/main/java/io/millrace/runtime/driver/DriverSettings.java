// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.runtime.batch.PidSettings;
import java.time.Duration;

/**
 * How the driver drives.
 *
 * @param interval the batch interval at the start
 * @param executors how many executors there are
 * @param partitions how many partitions records are exchanged into
 * @param replication how many executors keep every block and every state
 * @param sealTimeout how long a batch that is due waits for receivers to cut what they have; zero = what suits the batch interval
 * @param stopTimeout how long a graceful stop may take; zero = what suits the batch interval
 * @param stopOnFailedBatch true if the job ends when a function fails a batch, before anything of the batch counts
 * @param rates how the rates of receivers follow the speed of the batches
 * @param keep how much of the last batches is kept for replay
 */
public record DriverSettings(
        Duration interval,
        int executors,
        int partitions,
        int replication,
        Duration sealTimeout,
        Duration stopTimeout,
        boolean stopOnFailedBatch,
        PidSettings rates,
        KeepSettings keep) {

    /** How long a batch that is due waits for receivers: if that is not set, half an interval, at most 100 ms. */
    public Duration sealTimeout(Duration batchInterval) {
        Duration half = batchInterval.dividedBy(2);
        Duration longest = Duration.ofMillis(100);
        return !sealTimeout.isZero() ? sealTimeout : half.compareTo(longest) < 0 ? half : longest;
    }

    /** How long a graceful stop may take: if that is not set, ten intervals, at least 10 s. */
    public Duration stopTimeout(Duration batchInterval) {
        Duration ten = batchInterval.multipliedBy(10);
        Duration shortest = Duration.ofSeconds(10);
        return !stopTimeout.isZero() ? stopTimeout : ten.compareTo(shortest) > 0 ? ten : shortest;
    }
}
