// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import java.util.List;

/**
 * A block and who holds it.
 *
 * @param info the block
 * @param holders the executors that hold a copy, in order
 */
public record BlockLocation(BlockInfo info, List<ExecutorId> holders) {

    /** Copies the holders. */
    public BlockLocation {
        holders = List.copyOf(holders);
    }
}
