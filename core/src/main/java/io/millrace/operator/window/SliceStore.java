// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Fold;
import io.millrace.operator.Guard;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.RecordFailure;
import io.millrace.operator.StableHash;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the slices of a partition are kept: in its state, under {@link SliceTime}s, each with a timer for what is to be done with it
 * next. What is kept of the keys lies beside them in the same state.
 *
 * @param <K> keys
 * @param <A> what is kept of the values
 */
@SuppressWarnings({"unchecked", "NullAway"}) // keys and values may be null if the user's are
final class SliceStore<K, A> {

    private final PartitionContext context;
    private final State<Object, Object> state;
    private final Guard guard;
    private final Guard emissionGuard;
    private final Step<Pair<K, A>> out;
    private final boolean keyed;

    SliceStore(PartitionContext context, boolean keyed, Step<Pair<K, A>> out) {
        this.context = context;
        this.state = context.state();
        this.guard = context.guard();
        this.emissionGuard = context.emissionGuard();
        this.keyed = keyed;
        this.out = out;
    }

    long now() {
        return context.batchTime().millis();
    }

    boolean emits() {
        return context.emits();
    }

    // ---- slices ----

    /** Keeps a slice until a time, in place of one that has the same. */
    void put(long end, Slice slice, long until) {
        int entry = find(end);
        if (entry < 0) {
            entry = state.insert(new SliceTime(end), StableHash.of(end), slice);
        } else {
            state.set(entry, slice);
        }
        state.setTimer(entry, until);
    }

    /** The end of a slice whose time has come by now, the earliest first; it has no timer then. Or {@link Long#MIN_VALUE}. */
    long nextDue() {
        int entry = state.nextDue(now());
        return entry < 0 ? Long.MIN_VALUE : ((SliceTime) state.key(entry)).end();
    }

    /** The slice of this time, or null. */
    @Nullable
    Slice get(long end) {
        int entry = find(end);
        return entry < 0 ? null : (Slice) state.value(entry);
    }

    /** All slices, by their times. */
    void slicesInto(Map<Long, Slice> slices) {
        for (int entry = 0; entry < state.bound(); entry++) {
            if (state.isLive(entry) && state.key(entry) instanceof SliceTime time) {
                slices.put(time.end(), (Slice) state.value(entry));
            }
        }
    }

    void remove(long end) {
        state.remove(find(end));
    }

    private int find(long end) {
        return state.find(new SliceTime(end), StableHash.of(end));
    }

    // ---- keys ----

    int bound() {
        return state.bound();
    }

    /** True if the entry is of a key and not of a slice. */
    boolean isKey(int entry) {
        return state.isLive(entry) && !(state.key(entry) instanceof SliceTime);
    }

    K key(int entry) {
        return (K) state.key(entry);
    }

    @Nullable
    Object kept(int entry) {
        return state.value(entry);
    }

    int find(@Nullable Object key, int hash) {
        return state.find(key, hash);
    }

    /** Keeps something of a key. */
    void keep(int entry, @Nullable Object key, int hash, Object kept) {
        if (entry < 0) {
            state.insert(key, hash, kept);
        } else {
            state.set(entry, kept);
        }
    }

    void forget(int entry) {
        state.remove(entry);
    }

    // ---- records ----

    /** Folds all rows of a slice. */
    void foldInto(Fold<K, ?, A> folds, Slice slice) throws Exception {
        for (int row = 0; row < slice.size(); row++) {
            try {
                folds.combine((K) slice.key(row), slice.hash(row), (A) slice.value(row));
            } catch (Throwable e) {
                failed(slice.key(row), slice.value(row), e);
            }
        }
    }

    /** Folds all rows of a slice; where they cannot be folded and the policy is to fail, the fold is broken. */
    void foldOrBreak(Fold<K, ?, A> folds, Slice slice) throws Exception {
        for (int row = 0; row < slice.size(); row++) {
            K key = (K) slice.key(row);
            try {
                folds.combine(key, slice.hash(row), (A) slice.value(row));
            } catch (Throwable e) {
                if (!setsAside(key, slice.value(row), e)) {
                    folds.combine(key, slice.hash(row), (A) BrokenFold.of(e));
                }
            }
        }
    }

    /** Combines what arrived for a key in this batch. */
    void arrive(Fold<K, ?, A> folds, K key, int hash, Object fold) throws Exception {
        try {
            folds.combine(key, hash, (A) fold);
        } catch (Throwable e) {
            failed(key, fold, e);
        }
    }

    void failed(@Nullable Object key, @Nullable Object value, Throwable cause) throws Exception {
        guard.failed(record(key, value), cause);
    }

    /** Hears that two folds cannot be combined: true if the policy sets the second aside, false if what takes the window is to fail. */
    boolean setsAside(@Nullable Object key, @Nullable Object value, Throwable cause) {
        try {
            guard.failed(record(key, value), cause);
            return true;
        } catch (RecordFailure failure) {
            return false;
        }
    }

    /** What was to be pushed of a key cannot be made. */
    void emissionFailed(@Nullable Object key, @Nullable Object value, Throwable cause) throws Exception {
        emissionGuard.failed(record(key, value), cause);
    }

    private @Nullable Object record(@Nullable Object key, @Nullable Object value) {
        return keyed ? new Pair<>(key, value) : value;
    }

    void push(K key, A value) throws Exception {
        out.push(new Pair<>(key, value));
    }

    /** The step that takes the values of the one key of an operator whose records have none. */
    static <A> Step<Pair<Object, A>> values(Step<A> out) {
        return pair -> out.push(pair.value());
    }
}
