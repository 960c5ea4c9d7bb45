// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import io.millrace.runtime.block.Block;
import java.util.function.Consumer;

/**
 * Collects what a receiver emits and cuts it into blocks by size and count. Used by one stream stage; reads no clock.
 *
 * @param <C> what the receiver emits
 */
interface Cutter<C> {

    /**
     * Takes what came and hands over the blocks that became full by it.
     *
     * @return by how many bytes the memory held has grown, handed-over blocks included
     */
    long add(C chunk, long nowMicros, Consumer<Block> full);

    /** How many records the last chunk brought; 0 if they are not counted. */
    long lastRecords();

    /** Hands over what there is as a block, if there is anything. */
    void seal(long nowMicros, Consumer<Block> sealed);

    /** True if nothing waits to be cut. */
    boolean isEmpty();
}
