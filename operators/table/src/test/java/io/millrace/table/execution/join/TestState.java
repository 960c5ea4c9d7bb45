// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.operator.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A state in memory whose changes are lasting at once. */
public final class TestState<K> implements State<K, Object> {

    private final Map<K, Integer> entries = new HashMap<>();
    private final List<@Nullable K> keys = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final List<Long> timers = new ArrayList<>();
    private final List<Integer> hashes = new ArrayList<>();

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public int find(K key, int hash) {
        return entries.getOrDefault(key, -1);
    }

    @Override
    public int bound() {
        return keys.size();
    }

    @Override
    public boolean isLive(int entry) {
        return keys.get(entry) != null;
    }

    @Override
    public K key(int entry) {
        K key = keys.get(entry);
        if (key == null) {
            throw new IllegalStateException("entry " + entry + " is not live");
        }
        return key;
    }

    @Override
    public int hash(int entry) {
        return hashes.get(entry);
    }

    @Override
    public Object value(int entry) {
        return values.get(entry);
    }

    @Override
    public void set(int entry, Object value) {
        key(entry);
        values.set(entry, value);
    }

    @Override
    public void setLong(int entry, long value) {
        set(entry, value);
    }

    @Override
    public int insert(K key, int hash, Object value) {
        if (entries.containsKey(key)) {
            throw new IllegalStateException("the key is there: " + key);
        }
        entries.put(key, keys.size());
        keys.add(key);
        hashes.add(hash);
        values.add(value);
        timers.add(Long.MAX_VALUE);
        return keys.size() - 1;
    }

    @Override
    public void remove(int entry) {
        entries.remove(key(entry));
        keys.set(entry, null);
        timers.set(entry, Long.MAX_VALUE);
    }

    @Override
    public void setTimer(int entry, long atMillis) {
        key(entry);
        timers.set(entry, atMillis);
    }

    @Override
    public void clearTimer(int entry) {
        timers.set(entry, Long.MAX_VALUE);
    }

    @Override
    public long timer(int entry) {
        return timers.get(entry);
    }

    @Override
    public int nextDue(long nowMillis) {
        int due = -1;
        for (int entry = 0; entry < timers.size(); entry++) {
            long at = timers.get(entry);
            if (at != Long.MAX_VALUE && at <= nowMillis && (due < 0 || at < timers.get(due))) {
                due = entry;
            }
        }
        if (due >= 0) {
            clearTimer(due);
        }
        return due;
    }
}
