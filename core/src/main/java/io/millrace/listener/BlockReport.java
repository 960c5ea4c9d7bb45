// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.listener;

import java.time.Duration;
import java.util.List;

/**
 * A block that counts as received.
 *
 * @param block its name, such as {@code input-0-0-17}
 * @param bytes its size
 * @param records how many records it holds, or -1 if they are not counted before they are processed (text)
 * @param holders the executors that hold a copy
 * @param blockWait how long its first record waited for it to be cut
 * @param replication how long it waited for its copies
 */
public record BlockReport(
        String block, long bytes, long records, List<String> holders, Duration blockWait, Duration replication) {

    /** Copies the holders. */
    public BlockReport {
        holders = List.copyOf(holders);
    }
}
