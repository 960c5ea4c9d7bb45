// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import java.util.List;

/**
 * A block that counts as received and is not yet processed, or is kept.
 *
 * @param name its name, such as {@code input-0-0-17}
 * @param bytes its size
 * @param holders the executors that hold it, as the block manager knows
 * @param waiting true if it belongs to no batch yet
 */
public record HeldBlock(String name, long bytes, List<String> holders, boolean waiting) {

    /** Copies the holders. */
    public HeldBlock {
        holders = List.copyOf(holders);
    }
}
