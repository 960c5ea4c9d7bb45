// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import io.millrace.operator.State;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keyed state of one partition, changed in place by one batch at a time with a log to undo it.
 *
 * <p>A batch is {@link #begin}, changes, {@link #delta} for the copies elsewhere, and {@link #commit} or
 * {@link #rollback}. Each costs what the batch touched, not what the table holds. A removed key stays in the index, dead,
 * until the batch is committed: the same key inserted again in the batch gets its old entry back, and a rollback only
 * has to bring it back to life. Used by one thread at a time.
 *
 * @param <K> keys
 * @param <S> what is kept per key
 */
@SuppressWarnings({"unchecked", "NullAway"}) // keys and values may be null if the user's are
public final class KeyedTable<K, S> implements State<K, S> {

    /** The stamp that no entry has: outside of a batch every change takes the slow path, which refuses it. */
    private static final int NO_BATCH = -1;

    /** So many keys are fetched together. */
    private static final int AT_ONCE = 32;

    private final KeyTable index = new KeyTable(KeyTable.MIN_CAPACITY);
    private final Column values = new Column();
    private final TimerQueue timers = new TimerQueue();
    private final IntStack free = new IntStack();
    private final UndoLog log = new UndoLog();

    private boolean[] live = new boolean[index.capacity()];
    private int size;

    /** The batch that touched an entry last. */
    private int[] stamps = new int[index.capacity()];

    private int batch = NO_BATCH;
    private int lastBatch;
    private int boundBefore;
    private int sizeBefore;
    private int dead;
    private int freedSinceTrim;

    /** Keeps the compiler from leaving out what is only fetched. */
    @SuppressWarnings("unused") // as it says
    private long fetched;

    /** An empty table. */
    public KeyedTable() {}

    @Override
    public int size() {
        return size;
    }

    @Override
    public int find(@Nullable Object key, int hash) {
        int entry = index.find(key, hash);
        return dead == 0 || entry < 0 || live[entry] ? entry : -1;
    }

    @Override
    public void fetch(int[] hashes, int from, int to) {
        long all = 0;
        for (int i = from; i < to; i++) {
            all ^= index.fetch(hashes[i]);
        }
        fetched = all;
    }

    @Override
    public int bound() {
        return index.bound();
    }

    @Override
    public boolean isLive(int entry) {
        return live[entry];
    }

    @Override
    public K key(int entry) {
        return (K) index.key(entry);
    }

    @Override
    public int hash(int entry) {
        return index.hash(entry);
    }

    @Override
    public S value(int entry) {
        return (S) values.get(entry);
    }

    @Override
    public long timer(int entry) {
        return timers.get(entry);
    }

    @Override
    public void set(int entry, S value) {
        if (value instanceof Long number) {
            setLong(entry, number);
        } else {
            setObject(entry, value);
        }
    }

    @Override
    public void setLong(int entry, long value) {
        if (!values.isLongs()) {
            setObject(entry, value);
        } else if (values.longAt(entry) != value) {
            touch(entry);
            values.setLong(entry, value);
        }
    }

    @Override
    public int insert(@Nullable K key, int hash, S value) {
        checkBegun();
        int entry = index.find(key, hash);
        if (entry >= 0) {
            if (live[entry]) {
                throw new IllegalArgumentException("the key " + key + " is there already, as entry " + entry);
            }
            dead--;
            values.set(entry, value);
        } else {
            entry = add(key, hash, value);
            stamps[entry] = batch;
            log.addInserted(entry, values);
        }
        live[entry] = true;
        size++;
        return entry;
    }

    @Override
    public void remove(int entry) {
        checkLive(entry);
        touch(entry);
        timers.clear(entry);
        live[entry] = false;
        size--;
        dead++;
    }

    @Override
    public void setTimer(int entry, long atMillis) {
        checkLive(entry);
        if (timers.get(entry) != atMillis) {
            touch(entry);
            timers.set(entry, atMillis);
        }
    }

    @Override
    public void clearTimer(int entry) {
        setTimer(entry, TimerQueue.NONE);
    }

    @Override
    public int nextDue(long nowMillis) {
        int entry = timers.due(nowMillis);
        if (entry >= 0) {
            touch(entry);
            timers.clear(entry);
        }
        return entry;
    }

    /** A batch begins, whose changes can be taken back. */
    public void begin() {
        if (batch != NO_BATCH) {
            throw new IllegalStateException("the batch before was neither committed nor rolled back");
        }
        if (lastBatch == Integer.MAX_VALUE) {
            Arrays.fill(stamps, 0);
            lastBatch = 0;
        }
        batch = ++lastBatch;
        boundBefore = index.bound();
        sizeBefore = size;
    }

    /** True between {@link #begin} and {@link #commit} or {@link #rollback}. */
    public boolean isBegun() {
        return batch != NO_BATCH;
    }

    /** How many entries the running batch has touched so far. */
    public int touched() {
        return log.size();
    }

    /** The net changes of the running batch so far, in the order in which keys were first touched. */
    public StateDelta<K, S> delta() {
        checkBegun();
        DeltaBuilder<K, S> delta = new DeltaBuilder<>(log.size(), values.isLongs());
        for (int i = 0; i < log.size(); i++) {
            int entry = log.entry(i);
            if (live[entry]) {
                if (log.isInserted(i) || !isAsBefore(entry, i)) {
                    delta.put(index.key(entry), index.hash(entry), values, entry, timers.get(entry));
                }
            } else if (!log.isInserted(i)) {
                delta.remove(index.key(entry), index.hash(entry));
            }
        }
        return delta.build();
    }

    /** Makes the changes of the running batch lasting, which ends it. */
    public void commit() {
        checkBegun();
        for (int i = 0; dead > 0; i++) {
            if (i % AT_ONCE == 0) {
                fetchDead(i, Math.min(i + AT_ONCE, log.size()));
            }
            int entry = log.entry(i);
            if (!live[entry]) {
                index.remove(entry);
                values.forget(entry);
                free.push(entry);
                freedSinceTrim++;
                dead--;
            }
        }
        end();
        if (freedSinceTrim > 0 && freedSinceTrim >= index.bound() / 4) {
            trim();
        }
    }

    /** Takes the changes of the running batch back, which ends it. */
    public void rollback() {
        checkBegun();
        // Backwards, so that entry numbers are free again in the order in which they were before.
        for (int i = log.size() - 1; i >= 0; i--) {
            int entry = log.entry(i);
            if (log.isInserted(i)) {
                timers.clear(entry);
                index.remove(entry);
                values.forget(entry);
                live[entry] = false;
                if (entry < boundBefore) {
                    free.push(entry);
                }
            } else {
                values.setFrom(entry, log.values(), i);
                timers.set(entry, log.timer(i));
                live[entry] = true;
            }
        }
        index.truncate(boundBefore);
        values.truncate(boundBefore);
        size = sizeBefore;
        dead = 0;
        end();
    }

    /** Makes the same changes as the batch the delta comes from, and commits them. */
    public void apply(StateDelta<K, S> delta) {
        begin();
        try {
            if (index.bound() == 0) {
                resize(delta.size());
            }
            for (int row = 0; row < delta.size(); row++) {
                if (row % AT_ONCE == 0) {
                    delta.fetch(this, row, Math.min(row + AT_ONCE, delta.size()));
                }
                applyRow(delta, row);
            }
        } catch (RuntimeException | Error e) {
            rollback();
            throw e;
        }
        commit();
    }

    /** Everything the table holds, as one delta to be applied to an empty table; not during a batch. */
    public StateDelta<K, S> snapshot() {
        if (batch != NO_BATCH) {
            throw new IllegalStateException("a snapshot needs the running batch to be committed or rolled back");
        }
        DeltaBuilder<K, S> delta = new DeltaBuilder<>(size, values.isLongs());
        for (int entry = 0; entry < index.bound(); entry++) {
            if (live[entry]) {
                delta.put(index.key(entry), index.hash(entry), values, entry, timers.get(entry));
            }
        }
        return delta.build();
    }

    /** About how many bytes the table takes, without what its keys and values are themselves. */
    public long bytes() {
        return index.bytes() + values.bytes() + timers.bytes() + log.bytes() + 4L * free.room() + 5L * live.length;
    }

    /** As if this had been the number of the last batch: for tests, which cannot wait for numbers to run out. */
    void skipBatches(int newLastBatch) {
        lastBatch = newLastBatch;
    }

    private void applyRow(StateDelta<K, S> delta, int row) {
        int entry = find(delta.key(row), delta.hash(row));
        if (delta.isRemoved(row)) {
            if (entry >= 0) {
                remove(entry);
            }
            return;
        }
        if (entry < 0) {
            entry = insert(delta.key(row), delta.hash(row), delta.value(row));
        } else {
            set(entry, delta.value(row));
        }
        setTimer(entry, delta.timer(row));
    }

    private void fetchDead(int from, int to) {
        long all = 0;
        for (int i = from; i < to; i++) {
            int entry = log.entry(i);
            all ^= live[entry] ? 0 : index.fetch(index.hash(entry));
        }
        fetched = all;
    }

    private boolean isAsBefore(int entry, int logged) {
        return values.isSame(entry, log.values(), logged) && timers.get(entry) == log.timer(logged);
    }

    private int add(@Nullable K key, int hash, S value) {
        if (free.size() > 0) {
            int entry = free.pop();
            index.put(entry, key, hash);
            values.set(entry, value);
            return entry;
        }
        int entry = index.add(key, hash);
        values.add(value);
        if (entry >= live.length) {
            followCapacity();
        }
        return entry;
    }

    private void resize(int capacity) {
        index.resize(capacity);
        followCapacity();
    }

    private void followCapacity() {
        live = Arrays.copyOf(live, index.capacity());
        stamps = Arrays.copyOf(stamps, index.capacity());
    }

    private void setObject(int entry, @Nullable Object value) {
        if (!Column.same(values.get(entry), value)) {
            touch(entry);
            values.set(entry, value);
        }
    }

    private void touch(int entry) {
        if (stamps[entry] != batch) {
            touchFirst(entry);
        }
    }

    private void touchFirst(int entry) {
        checkBegun();
        checkLive(entry);
        log.addOld(entry, values, timers.get(entry));
        stamps[entry] = batch;
    }

    private void end() {
        log.clear();
        batch = NO_BATCH;
    }

    /** Lowers the bound to the last live entry and reuses the lowest free numbers first. */
    private void trim() {
        freedSinceTrim = 0;
        int bound = index.bound();
        while (bound > 0 && !live[bound - 1]) {
            bound--;
        }
        index.truncate(bound);
        values.truncate(bound);
        free.clear();
        for (int entry = bound - 1; entry >= 0; entry--) {
            if (!live[entry]) {
                free.push(entry);
            }
        }
        if (index.capacity() > 1024 && index.capacity() / 16 > bound) {
            resize(2 * bound);
            values.shrink(index.capacity());
        }
    }

    private void checkBegun() {
        if (batch == NO_BATCH) {
            throw new IllegalStateException("the state can only be changed during a batch");
        }
    }

    private void checkLive(int entry) {
        if (!live[entry]) {
            throw new IllegalArgumentException("entry " + entry + " holds no key");
        }
    }
}
