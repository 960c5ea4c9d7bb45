// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The system that an output writes to: a small database with a marker of the newest batch and a fence. It outlives the processes.
 *
 * @param <T> records
 */
final class Ledger<T> {

    /** A batch as it was written. */
    record Entry<T>(long batch, long millis, List<T> rows) {}

    private final List<Entry<T>> entries = new ArrayList<>();
    private long claimed;
    private long newest;

    /** All that was written, in the order in which it was. */
    List<Entry<T>> entries() {
        return List.copyOf(entries);
    }

    /** All rows. */
    List<T> rows() {
        List<T> rows = new ArrayList<>();
        entries.forEach(entry -> rows.addAll(entry.rows()));
        return rows;
    }

    /** How many rows there are. */
    int size() {
        return entries.stream().mapToInt(entry -> entry.rows().size()).sum();
    }

    /** The rows by the time of their batch. */
    Map<Long, List<T>> byTime() {
        Map<Long, List<T>> byTime = new TreeMap<>();
        entries.forEach(entry -> byTime.computeIfAbsent(entry.millis(), time -> new ArrayList<>())
                .addAll(entry.rows()));
        return byTime;
    }

    /** The newest batch that it has. */
    OptionalLong newest() {
        return newest == 0 ? OptionalLong.empty() : OptionalLong.of(newest);
    }

    /** The epoch that claimed it last. */
    long claimed() {
        return claimed;
    }

    /** Claims it; false if a later epoch has. */
    boolean claim(long epoch) {
        if (epoch < claimed) {
            return false;
        }
        claimed = epoch;
        return true;
    }

    /** Writes a batch. */
    void write(long batch, long millis, List<T> rows) {
        entries.add(new Entry<>(batch, millis, List.copyOf(rows)));
        newest = Math.max(newest, batch);
    }

    /** Pairs as a table in which the last value of each key stands. */
    static <K, V> Map<K, V> table(Ledger<io.millrace.operator.Pair<K, V>> ledger) {
        Map<K, V> table = new HashMap<>();
        ledger.rows().forEach(row -> table.put(row.key(), row.value()));
        return table;
    }
}
