// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import io.millrace.operator.BatchTime;
import io.millrace.receiver.BatchSource;
import io.millrace.receiver.Delivery;
import io.millrace.time.TimeSource;
import java.time.Instant;

/**
 * Asks a source for the blocks of a batch when that is due. What it gave before and was too late for its batch comes into this one instead,
 * so that no batch gets twice its share. Used by the supervisor's thread only.
 */
final class BatchIngest implements IngestStage.Control {

    private final BatchSource<?> source;
    private final DeliveryCutter cutter;
    private final Receipts receipts;
    private final Credit credit;
    private final TimeSource time;
    private final IngestStage.Listener listener;
    private boolean ended;

    BatchIngest(
            BatchSource<?> source,
            DeliveryCutter cutter,
            Receipts receipts,
            Credit credit,
            TimeSource time,
            IngestStage.Listener listener) {
        this.source = source;
        this.cutter = cutter;
        this.receipts = receipts;
        this.credit = credit;
        this.time = time;
        this.listener = listener;
    }

    /** Never: it has to be asked. */
    @Override
    public boolean isIdleAfter(long blocks) {
        return false;
    }

    /**
     * Has the source read again the blocks of a batch that was planned before it was opened. That batch waits for them, and is not due again.
     *
     * @param blocks how many there are
     */
    void readAgain(int blocks) {
        int read = 0;
        while (!ended && read < blocks) {
            int more = take(time.now(), Long.MAX_VALUE);
            if (more == 0) {
                return;
            }
            read += more;
        }
    }

    @Override
    public void seal(BatchTime batch, boolean lateForLast) {
        if (!ended && !lateForLast && receipts.isEmpty() && credit.isOpen()) {
            // a block that came after the batch is not in it
            var unused = take(batch.instant(), batch.millis() * 1_000);
        }
        listener.onSealed(batch);
    }

    /** Takes what the source gives for a batch; how many blocks that are. */
    private int take(Instant batch, long latestMicros) {
        int blocks = 0;
        try {
            long now = time.micros();
            long first = Math.min(now, latestMicros);
            for (Delivery.Whole<?> block : source.next(batch)) {
                credit.take(cutter.add(block, first, now, listener::onBlock));
                blocks++;
            }
        } catch (RuntimeException e) {
            ended = true;
            listener.onEnd(e);
        }
        return blocks;
    }

    @Override
    public void resume() {
        // it does not wait for credit, it is asked again
    }

    @Override
    public void stop() {
        if (!ended) {
            ended = true;
            listener.onEnd(null);
        }
    }

    /** It has nothing that it was not asked for. */
    @Override
    public void drain() {
        stop();
    }
}
