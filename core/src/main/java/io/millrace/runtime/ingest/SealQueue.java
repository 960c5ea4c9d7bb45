// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import io.millrace.operator.BatchTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Knows when everything that was received before a batch was due counts as received: when the stream has cut its block
 * for it, and all blocks cut until then are done.
 */
final class SealQueue {

    private record Waiting(BatchTime batch, long blocks) {}

    private final Deque<BatchTime> requested = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long cut;
    private long done;

    /** The driver asks for the batch. */
    void requested(BatchTime batch) {
        requested.add(batch);
    }

    /** A block was cut. */
    void cut() {
        cut++;
    }

    /** The stream has cut what it had for the batch. */
    void reached(BatchTime batch) {
        if (requested.remove(batch)) {
            waiting.add(new Waiting(batch, cut));
        }
    }

    /** The stream ended: nothing more comes for any batch. */
    void reachedAll() {
        List.copyOf(requested).forEach(this::reached);
    }

    /** One more block, in order, counts as received. */
    void done() {
        done++;
    }

    /** Takes out the batches for which everything counts. */
    List<BatchTime> settled() {
        List<BatchTime> settled = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peek().blocks() <= done) {
            settled.add(waiting.remove().batch());
        }
        return settled;
    }
}
