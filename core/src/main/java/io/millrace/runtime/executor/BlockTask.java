// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockStore;
import java.util.concurrent.Callable;

/** One task of level 0: runs a chain over one block after the other. */
final class BlockTask implements Callable<TaskResult> {

    private final Chain chain;
    private final WorkQueue<OrderedBlock> queue;
    private final BlockStore store;
    private final BatchOrder order;
    private final int near;

    /** A task whose rows without a key go to the partition {@code near}. */
    BlockTask(Chain chain, WorkQueue<OrderedBlock> queue, BlockStore store, BatchOrder order, int near) {
        this.chain = chain;
        this.queue = queue;
        this.store = store;
        this.order = order;
        this.near = near;
    }

    @Override
    public TaskResult call() throws Exception {
        chain.versions(order.versions());
        chain.begin(order.batch(), order.zero(), near);
        for (OrderedBlock next = queue.take(); next != null; next = queue.take()) {
            Block block = store.acquire(next.block());
            if (block == null) {
                throw new IllegalStateException("The block " + next.block() + " of batch " + order.batch()
                        + " is not where the block manager says it is");
            }
            try {
                chain.mark(next.ordinal());
                chain.source(next.block().stream()).run(block);
            } finally {
                block.release();
            }
        }
        return chain.result();
    }
}
