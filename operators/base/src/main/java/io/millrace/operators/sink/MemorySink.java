// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.stream.Batch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the last batches in memory, to be asked while the job runs and after it.
 *
 * <p>Two bounds: so many batches, empty ones too, and so many records in all; when one is exceeded, the oldest batches go. A batch that
 * alone has more records than are allowed fails, and what was there stays. A batch that is written again takes the place of the first
 * one. Thread-safe; what a query answers is a snapshot and does not change.
 *
 * @param <T> records
 */
public final class MemorySink<T> implements OutputOperator<T> {

    /** How many records are kept, unless another bound is set. */
    public static final long DEFAULT_RECORDS = 1_000_000;

    private final int maxBatches;
    private final long maxRecords;
    private final TreeMap<BatchTime, List<T>> batches = new TreeMap<>();
    private long records;

    private MemorySink(int maxBatches, long maxRecords) {
        if (maxBatches < 1) {
            throw new IllegalArgumentException("maxBatches must be >= 1, but is " + maxBatches);
        }
        if (maxRecords < 1) {
            throw new IllegalArgumentException("maxRecords must be >= 1, but is " + maxRecords);
        }
        this.maxBatches = maxBatches;
        this.maxRecords = maxRecords;
    }

    /** A sink of the last batches, with at most {@link #DEFAULT_RECORDS} records in all. */
    public static <T> MemorySink<T> lastBatches(int maxBatches) {
        return new MemorySink<>(maxBatches, DEFAULT_RECORDS);
    }

    /**
     * A sink of the last batches.
     *
     * @param maxBatches how many, at least 1
     * @param maxRecords how many records they may have in all, at least 1
     */
    public static <T> MemorySink<T> lastBatches(int maxBatches, long maxRecords) {
        return new MemorySink<>(maxBatches, maxRecords);
    }

    @Override
    public String kind() {
        return "memory";
    }

    @Override
    public synchronized void write(BatchTime time, List<T> added) {
        if (added.size() > maxRecords) {
            throw new IllegalStateException("the batch " + time + " has " + added.size()
                    + " records, more than the maxRecords = " + maxRecords + " of the memory sink");
        }
        List<T> before = batches.put(time, Collections.unmodifiableList(new ArrayList<>(added)));
        records += added.size() - (before == null ? 0 : before.size());
        while (batches.size() > maxBatches || records > maxRecords) {
            records -= batches.pollFirstEntry().getValue().size();
        }
    }

    /** The batches that are kept, the oldest first. */
    public synchronized List<Batch<T>> batches() {
        return batches.entrySet().stream()
                .map(entry -> new Batch<>(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The records of all batches that are kept, the oldest first. */
    public synchronized List<T> all() {
        List<T> all = new ArrayList<>();
        batches.values().forEach(all::addAll);
        return Collections.unmodifiableList(all);
    }

    /** The newest batch; empty if none was written. */
    public synchronized Optional<Batch<T>> last() {
        return batches.isEmpty()
                ? Optional.empty()
                : Optional.of(new Batch<>(batches.lastKey(), batches.lastEntry().getValue()));
    }

    /** The records of one batch; empty if there was no such batch or it is not kept any more. */
    public synchronized Optional<List<T>> byTime(BatchTime time) {
        return Optional.ofNullable(batches.get(time));
    }

    /**
     * The batches of a span of time that are kept, the oldest first.
     *
     * @param from the first batch time
     * @param to the last batch time
     */
    public synchronized List<Batch<T>> byTime(BatchTime from, BatchTime to) {
        return batches().stream()
                .filter(batch ->
                        batch.time().compareTo(from) >= 0 && batch.time().compareTo(to) <= 0)
                .toList();
    }
}
