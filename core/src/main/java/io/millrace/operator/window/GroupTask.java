// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Combiner;
import io.millrace.operator.Fold;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * Keeps the pairs of each batch as one slice, until no window reaches back to it.
 *
 * @param <K> keys
 * @param <V> values
 */
@SuppressWarnings({"unchecked", "NullAway"}) // keys and values may be null if the user's are
final class GroupTask<K, V> implements PartitionTask<K, V> {

    /** Lists that live for one batch and may grow in place. */
    private record Lists<V>() implements Combiner<V, List<V>> {
        @Override
        public List<V> create(V value) {
            List<V> list = new ArrayList<>();
            list.add(value);
            return list;
        }

        @Override
        public List<V> merge(List<V> folded, V value) {
            folded.add(value);
            return folded;
        }

        @Override
        public List<V> combine(List<V> left, List<V> right) {
            left.addAll(right);
            return left;
        }
    }

    private final PartitionContext context;
    private final int length;
    private final int slide;
    private final SliceStore<K, List<V>> store;
    private final Fold<K, V, List<V>> groups;
    private Slice.Builder arrived = new Slice.Builder();

    GroupTask(PartitionContext context, int length, int slide, SliceStore<K, List<V>> store) {
        this.context = context;
        this.length = length;
        this.slide = slide;
        this.store = store;
        this.groups = context.fold(new Lists<>());
    }

    @Override
    public void begin() {
        arrived = new Slice.Builder();
        groups.clear();
    }

    @Override
    public void add(int input, K key, int hash, Object value) {
        arrived.add(key, hash, value);
    }

    @Override
    public void finish() throws Exception {
        for (long end = store.nextDue(); end != Long.MIN_VALUE; end = store.nextDue()) {
            store.remove(end);
        }
        SliceTimes times = SliceTimes.of(context, length, slide, 1);
        long now = store.now();
        Slice newest = arrived.build(Slice.OPEN);
        arrived = new Slice.Builder();
        if (newest.size() > 0 && times.isSeen(now)) {
            store.put(now, newest, times.leave(now));
        }
        if (store.emits()) {
            emit();
        }
    }

    private void emit() throws Exception {
        TreeMap<Long, Slice> slices = new TreeMap<>();
        store.slicesInto(slices);
        for (Slice slice : slices.values()) {
            for (int row = 0; row < slice.size(); row++) {
                groups.add((K) slice.key(row), slice.hash(row), (V) slice.value(row));
            }
        }
        for (int entry = 0; entry < groups.size(); entry++) {
            store.push(groups.key(entry), Collections.unmodifiableList(groups.value(entry)));
        }
        groups.clear();
    }
}
