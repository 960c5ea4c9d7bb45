// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import io.millrace.operator.BatchTime;
import io.millrace.receiver.BatchSource;
import io.millrace.receiver.Delivery;
import io.millrace.time.TimeSource;

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

    @Override
    public void seal(BatchTime batch, boolean lateForLast) {
        if (!ended && !lateForLast && receipts.isEmpty() && credit.isOpen()) {
            try {
                long now = time.micros();
                long first = Math.min(now, batch.millis() * 1_000); // a block that came after the batch is not in it
                for (Delivery.Whole<?> block : source.next(batch.instant())) {
                    credit.take(cutter.add(block, first, now, listener::onBlock));
                }
            } catch (RuntimeException e) {
                ended = true;
                listener.onEnd(e);
            }
        }
        listener.onSealed(batch);
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
