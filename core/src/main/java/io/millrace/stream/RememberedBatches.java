// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the last batches of a stream. It is not an output of the program: it stands in no figures, and nothing fails by it. A batch in
 * which the stream failed is not kept. Thread-safe.
 *
 * @param <T> records
 */
final class RememberedBatches<T> implements OutputOperator<T> {

    private final Duration kept;
    private final Duration slide;
    private final Deque<Batch<T>> batches = new ArrayDeque<>();

    /** Keeps the batches of a stream with this slide for so long. */
    RememberedBatches(Duration kept, Duration slide) {
        this.kept = kept;
        this.slide = slide;
    }

    @Override
    public String kind() {
        return "remembered";
    }

    @Override
    public boolean isReported() {
        return false;
    }

    @Override
    public synchronized void write(BatchTime time, List<T> records) {
        batches.addLast(new Batch<>(time, records));
        Instant oldest = time.instant().minus(kept);
        while (!batches.getFirst().time().instant().isAfter(oldest)) {
            batches.removeFirst();
        }
    }

    /** The batches of a span of time whose ends are first moved back to a batch time each, and belong to it. */
    synchronized List<Batch<T>> slice(Instant from, Instant to) {
        return batches.stream()
                .filter(batch -> batch.time().instant().plus(slide).isAfter(from)
                        && !batch.time().instant().isAfter(to))
                .toList();
    }
}
