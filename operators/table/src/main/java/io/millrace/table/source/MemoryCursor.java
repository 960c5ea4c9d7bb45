// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.receiver.BatchSource;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.ReceiverContext;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How far a query has read a {@link MemoryStream}. Thread-safe. */
final class MemoryCursor implements BatchSource<byte[]> {

    private static final String SPLIT = "parts";

    private final MemoryLog log;
    private final int end;
    private final Deque<OffsetRange> again = new ArrayDeque<>();
    private int next;

    MemoryCursor(MemoryLog log, int end) {
        this.log = log;
        this.end = end;
    }

    /** Goes on where the job says that it was. */
    synchronized MemoryCursor opened(ReceiverContext context) {
        next = Math.toIntExact(context.offsets().getOrDefault(SPLIT, 0L));
        again.clear();
        context.replays().forEach(again::addAll);
        return this;
    }

    @Override
    public synchronized List<Delivery.Whole<byte[]>> next(Instant batch) {
        OffsetRange range = again.poll();
        if (range == null) {
            int to = Math.min(log.size(), end);
            if (to <= next) {
                return List.of();
            }
            range = new OffsetRange(SPLIT, next, to);
        }
        next = Math.toIntExact(range.to());
        List<byte[]> parts = log.parts(Math.toIntExact(range.from()), next);
        return List.of(new Delivery.Whole<>(parts, Receipt.NONE, List.of(range)));
    }

    /** Whether everything was given. */
    synchronized boolean isDrained() {
        return again.isEmpty() && next >= Math.min(log.size(), end);
    }
}
