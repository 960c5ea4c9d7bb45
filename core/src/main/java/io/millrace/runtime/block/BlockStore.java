// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The blocks that one executor holds. Thread-safe: receivers put, tasks get. */
public final class BlockStore {

    private final Map<BlockId, Block> blocks = new ConcurrentHashMap<>();

    /** Keeps a block; again is the same as once. */
    public void put(Block block) {
        if (block.retain() && blocks.putIfAbsent(block.info().id(), block) != null) {
            block.release();
        }
    }

    /** The block, retained for the caller, who must release it; null if it is not held. */
    public @Nullable Block acquire(BlockId id) {
        Block block = blocks.get(id);
        return block != null && block.retain() ? block : null;
    }

    /** Lets a block go. */
    public void drop(BlockId id) {
        Block block = blocks.remove(id);
        if (block != null) {
            block.release();
        }
    }

    /** Lets all blocks go, as a process that dies does. */
    public void clear() {
        for (BlockId id : blocks.keySet()) {
            drop(id);
        }
    }

    /** The blocks that are held. */
    public Set<BlockId> ids() {
        return Set.copyOf(blocks.keySet());
    }

    /** How many blocks are held. */
    public int size() {
        return blocks.size();
    }
}
