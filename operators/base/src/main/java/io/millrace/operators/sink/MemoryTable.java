// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last value of every key in memory, to be asked while the job runs and after it.
 *
 * <p>Bounded by the number of keys: of a table of {@linkplain #latest latest} values the keys that were not written for longest go; a
 * {@linkplain #complete complete} batch with too many keys fails, and the table stays as it was. A batch is seen whole or not at all.
 * Thread-safe; what a query answers is a snapshot and does not change.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class MemoryTable<K, V> implements OutputOperator<Pair<K, V>> {

    private enum Mode {
        /** A batch brings what is new. */
        LATEST,
        /** A batch brings all there is. */
        COMPLETE
    }

    private final Mode mode;
    private final int maxKeys;
    private Map<K, V> values = new LinkedHashMap<>();
    private @Nullable BatchTime asOf;
    private long evicted;

    private MemoryTable(Mode mode, int maxKeys) {
        if (maxKeys < 1) {
            throw new IllegalArgumentException("maxKeys must be >= 1, but is " + maxKeys);
        }
        this.mode = mode;
        this.maxKeys = maxKeys;
    }

    /**
     * A table that keeps what earlier batches brought until a later one brings the key again; for streams of changes, such as those of
     * {@code reduceByKey}.
     *
     * @param maxKeys how many keys are kept, at least 1
     */
    public static <K, V> MemoryTable<K, V> latest(int maxKeys) {
        return new MemoryTable<>(Mode.LATEST, maxKeys);
    }

    /**
     * A table that has what the last batch brought and nothing else; for streams that bring everything in every batch, such as that of
     * {@code updateStateByKey}.
     *
     * @param maxKeys how many keys a batch may have, at least 1
     */
    public static <K, V> MemoryTable<K, V> complete(int maxKeys) {
        return new MemoryTable<>(Mode.COMPLETE, maxKeys);
    }

    @Override
    public String kind() {
        return "memoryTable";
    }

    @Override
    public synchronized void write(BatchTime time, List<Pair<K, V>> records) {
        if (mode == Mode.COMPLETE) {
            values = completeTable(time, records);
        } else {
            records.forEach(this::put);
        }
        asOf = time;
    }

    private void put(Pair<K, V> pair) {
        values.remove(pair.key());
        values.put(pair.key(), pair.value());
        if (values.size() > maxKeys) {
            values.remove(values.keySet().iterator().next());
            evicted++;
        }
    }

    private Map<K, V> completeTable(BatchTime time, List<Pair<K, V>> records) {
        Map<K, V> table = new LinkedHashMap<>();
        for (Pair<K, V> pair : records) {
            table.put(pair.key(), pair.value());
            if (table.size() > maxKeys) {
                throw new IllegalStateException(
                        "the batch " + time + " has more keys than the maxKeys = " + maxKeys + " of the memory table");
            }
        }
        return table;
    }

    /** The last value of a key; empty if there is none, or none any more. */
    public synchronized Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    /** All keys and their last values, those written last at the end. */
    public synchronized Map<K, V> all() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** How many keys there are. */
    public synchronized int size() {
        return values.size();
    }

    /** The last batch that was written, empty ones too; empty before the first. */
    public synchronized Optional<BatchTime> asOf() {
        return Optional.ofNullable(asOf);
    }

    /** How many keys had to go because there were too many. */
    public synchronized long evicted() {
        return evicted;
    }
}
