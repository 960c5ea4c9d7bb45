// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import java.util.List;
import java.util.concurrent.Callable;

/** One task of a level above 0: takes one partition after the other and runs the level's operators over it. */
final class LevelTask implements Callable<TaskResult> {

    /**
     * One partition to work on.
     *
     * @param chain its chain
     * @param run the work
     */
    record Piece(Chain chain, PartitionTaskRun run) {}

    private final WorkQueue<Piece> queue;

    LevelTask(WorkQueue<Piece> queue) {
        this.queue = queue;
    }

    @Override
    public TaskResult call() throws Exception {
        TaskResult all = TaskResult.EMPTY;
        for (Piece piece = queue.take(); piece != null; piece = queue.take()) {
            List<NodeState> changes = piece.run().run();
            all = all.plus(piece.chain().result().withChanges(changes));
        }
        return all;
    }
}
