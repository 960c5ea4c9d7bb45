// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.stream.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An output that remembers every batch it got, the empty ones too. Thread-safe.
 *
 * @param <T> records
 */
public final class CollectedOutput<T> implements OutputOperator<T> {

    private final List<Batch<T>> batches = new ArrayList<>();
    private boolean closed;

    /** An output that got nothing yet. */
    public CollectedOutput() {}

    @Override
    public String kind() {
        return "collected";
    }

    @Override
    public synchronized void write(BatchTime time, List<T> records) {
        batches.add(new Batch<>(time, new ArrayList<>(records)));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    /** The batches it got, in order. */
    public synchronized List<Batch<T>> batches() {
        return List.copyOf(batches);
    }

    /** The times of the batches it got, in milliseconds since the epoch. */
    public List<Long> times() {
        return batches().stream().map(batch -> batch.time().millis()).toList();
    }

    /** The records of the batch at a time; empty if there was no such batch, while a batch without records has an empty list. */
    public Optional<List<T>> find(long batchMillis) {
        return batches().stream()
                .filter(batch -> batch.time().millis() == batchMillis)
                .map(Batch::records)
                .reduce((first, second) -> {
                    throw new AssertionError("the batch " + batchMillis + " ms came twice");
                });
    }

    /**
     * The records of the batch at a time.
     *
     * @throws AssertionError if there was no such batch
     */
    public List<T> at(long batchMillis) {
        return find(batchMillis)
                .orElseThrow(() -> new AssertionError(
                        "there was no batch at " + batchMillis + " ms, but there were batches at " + times()));
    }

    /**
     * The records of the last batch.
     *
     * @throws AssertionError if there was none
     */
    public List<T> last() {
        List<Batch<T>> all = batches();
        if (all.isEmpty()) {
            throw new AssertionError("there was no batch");
        }
        return all.get(all.size() - 1).records();
    }

    /** The records of all batches, one after the other. */
    public List<T> all() {
        List<T> all = new ArrayList<>();
        batches().forEach(batch -> all.addAll(batch.records()));
        return all;
    }

    /** True if the job has told it that no batch comes any more. */
    public synchronized boolean isClosed() {
        return closed;
    }
}
