// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.runtime.block.Block;
import java.util.List;

/**
 * A block of a kept batch.
 *
 * @param block the block
 * @param holders the numbers of the executors that held it when the batch ran
 */
public record KeptBlock(Block block, List<Integer> holders) {

    /** Copies the holders. */
    public KeptBlock {
        holders = List.copyOf(holders);
    }
}
