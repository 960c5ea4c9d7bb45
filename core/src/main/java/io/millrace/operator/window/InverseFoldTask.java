// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.function.FilterFunction;
import io.millrace.function.ReduceFunction;
import io.millrace.operator.Combiner;
import io.millrace.operator.Fold;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionTask;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fold of each key over a window by an inverse: from window to window, what left is taken out of the value and what came is put in,
 * {@code f(inverse(before, left), came)}, as in Spark to the letter, so that doubles drift as they do there.
 *
 * <p>Other than in Spark, what is kept of a key does not depend on the filter as long as a batch of the window has the key. After that
 * the key stays with what the inverse has left of it, until the filter does not want it.
 *
 * @param <K> keys
 * @param <V> values
 * @param <A> folds
 */
@SuppressWarnings({"unchecked", "NullAway"}) // keys and values may be null if the user's are
final class InverseFoldTask<K, V, A> implements PartitionTask<K, V> {

    private final PartitionContext context;
    private final int length;
    private final int slide;
    private final Combiner<V, A> combiner;
    private final ReduceFunction<A> inverse;
    private final @Nullable FilterFunction<? super Pair<K, A>> filter;
    private final SliceStore<K, A> store;
    private final Fold<K, V, A> arrived;
    private final Fold<K, V, A> several;

    InverseFoldTask(
            PartitionContext context,
            int length,
            int slide,
            Combiner<V, A> combiner,
            ReduceFunction<A> inverse,
            @Nullable FilterFunction<? super Pair<K, A>> filter,
            SliceStore<K, A> store) {
        this.context = context;
        this.length = length;
        this.slide = slide;
        this.combiner = combiner;
        this.inverse = inverse;
        this.filter = filter;
        this.store = store;
        this.arrived = context.fold(combiner);
        this.several = context.fold(combiner);
    }

    @Override
    public void begin() {
        arrived.clear();
    }

    @Override
    public void add(int input, K key, int hash, Object value) throws Exception {
        store.arrive(arrived, key, hash, value);
    }

    @Override
    public void finish() throws Exception {
        // Slices of single batches where windows overlap by part of a slide, for Spark folds batch by batch.
        SliceTimes times = SliceTimes.of(context, length, slide, length % slide == 0 ? slide : 1);
        long now = store.now();
        if (arrived.size() > 0 && times.isSeen(now)) {
            store.put(now, Slice.of(Slice.OPEN, arrived), times.emission());
        }
        arrived.clear();
        if (store.emits()) {
            move(times);
            emit(now - times.window());
        }
    }

    /** From the window before to that of now. */
    private void move(SliceTimes times) throws Exception {
        NavigableMap<Long, Slice> came = new TreeMap<>();
        NavigableMap<Long, Slice> left = new TreeMap<>();
        for (long end = store.nextDue(); end != Long.MIN_VALUE; end = store.nextDue()) {
            Slice slice = store.get(end);
            store.remove(end);
            if (slice.stage() != Slice.OPEN) {
                left.put(end, slice);
            } else if (times.isSeen(end)) {
                came.put(end, slice);
            }
        }
        if (!left.isEmpty()) {
            takeOut(one(left));
        }
        NavigableMap<Long, Slice> slices = closed(times, came);
        if (!slices.isEmpty()) {
            putIn(times, slices);
        }
    }

    /** The slices that are made of these batches. */
    private NavigableMap<Long, Slice> closed(SliceTimes times, NavigableMap<Long, Slice> batches) throws Exception {
        if (times.slice() == times.batch()) {
            return batches;
        }
        NavigableMap<Long, Slice> slices = new TreeMap<>();
        while (!batches.isEmpty()) {
            long end = times.endOfSlice(batches.firstKey());
            NavigableMap<Long, Slice> ofSlice = batches.headMap(end, true);
            slices.put(end, one(ofSlice));
            ofSlice.clear();
        }
        return slices;
    }

    /** All rows of some slices, one per key. */
    private Slice one(NavigableMap<Long, Slice> slices) throws Exception {
        if (slices.size() == 1) {
            return slices.firstEntry().getValue();
        }
        for (Slice slice : slices.values()) {
            store.foldInto(several, slice);
        }
        Slice one = Slice.of(Slice.FOLDS, several);
        several.clear();
        return one;
    }

    private void takeOut(Slice left) throws Exception {
        for (int row = 0; row < left.size(); row++) {
            int entry = store.find(left.key(row), left.hash(row));
            WindowValue kept = kept(entry);
            A value;
            try {
                value = inverse.apply((A) kept.value(), (A) left.value(row));
            } catch (Throwable e) {
                store.failed(left.key(row), left.value(row), e);
                continue;
            }
            store.keep(entry, left.key(row), left.hash(row), new WindowValue(kept.last(), value));
        }
    }

    private void putIn(SliceTimes times, NavigableMap<Long, Slice> slices) throws Exception {
        Slice came = one(slices);
        long newest = slices.lastKey();
        BitSet refused = new BitSet();
        for (int row = 0; row < came.size(); row++) {
            int entry = store.find(came.key(row), came.hash(row));
            Object value = came.value(row);
            if (entry >= 0) {
                try {
                    value = combiner.combine((A) kept(entry).value(), (A) value);
                } catch (Throwable e) {
                    store.failed(came.key(row), value, e);
                    refused.set(row);
                    continue;
                }
            }
            store.keep(entry, came.key(row), came.hash(row), new WindowValue(newest, value));
        }
        Slice wanted = came.without(refused);
        for (Map.Entry<Long, Slice> slice : slices.entrySet()) {
            long end = slice.getKey();
            Slice entered = refused.isEmpty() ? slice.getValue() : onlyKeysOf(wanted, slice.getValue());
            if (slices.size() > 1) {
                date(entered, end);
            }
            store.put(end, entered.at(Slice.FOLDS), times.emissionFrom(times.leave(end)));
        }
    }

    /** Notes that a slice has its keys; called for the newest last. */
    private void date(Slice slice, long end) {
        for (int row = 0; row < slice.size(); row++) {
            int entry = store.find(slice.key(row), slice.hash(row));
            WindowValue dated = new WindowValue(end, kept(entry).value());
            store.keep(entry, slice.key(row), slice.hash(row), dated);
        }
    }

    private static Slice onlyKeysOf(Slice wanted, Slice slice) {
        Set<@Nullable Object> keys = new HashSet<>(wanted.keys());
        BitSet others = new BitSet();
        for (int row = 0; row < slice.size(); row++) {
            others.set(row, !keys.contains(slice.key(row)));
        }
        return slice.without(others);
    }

    private WindowValue kept(int entry) {
        return (WindowValue) store.kept(entry);
    }

    private void emit(long begin) throws Exception {
        for (int entry = 0; entry < store.bound(); entry++) {
            if (store.isKey(entry)) {
                WindowValue kept = kept(entry);
                Pair<K, A> pair = new Pair<>(store.key(entry), (A) kept.value());
                boolean wanted;
                try {
                    wanted = filter == null || filter.test(pair);
                } catch (Throwable e) {
                    store.failed(pair.key(), pair.value(), e);
                    continue;
                }
                if (wanted) {
                    store.push(pair.key(), pair.value());
                } else if (kept.last() <= begin) {
                    store.forget(entry);
                }
            }
        }
    }
}
