// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.runtime.batch.PidSettings;
import java.time.Duration;

/**
 * How the driver drives.
 *
 * @param interval the batch interval
 * @param executors how many executors there are
 * @param partitions how many partitions records are exchanged into
 * @param replication how many executors keep every block and every state
 * @param sealTimeout how long a batch that is due waits for receivers to cut what they have
 * @param stopTimeout how long a graceful stop may take
 * @param rates how the rates of receivers follow the speed of the batches
 */
public record DriverSettings(
        Duration interval,
        int executors,
        int partitions,
        int replication,
        Duration sealTimeout,
        Duration stopTimeout,
        PidSettings rates) {}
