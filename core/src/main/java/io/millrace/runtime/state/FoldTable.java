// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import io.millrace.operator.Combiner;
import io.millrace.operator.Counting;
import io.millrace.operator.Fold;
import io.millrace.operator.StableHash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fold by key of one task, reused from batch to batch.
 *
 * <p>Folds that are longs are kept unboxed, and {@link Counting} counts them in place. If the combiner throws, the table
 * is as it was before. Used by one thread at a time.
 *
 * @param <K> keys
 * @param <V> values
 * @param <A> folds
 */
@SuppressWarnings({"unchecked", "NullAway"}) // keys, values and folds may be null if the user's are
public final class FoldTable<K, V, A> implements Fold<K, V, A> {

    /** From so many keys on the index is larger than the nearest caches. */
    private static final int WIDE = 4096;

    private final Combiner<V, A> combiner;
    private final boolean counting;
    private final RecentUse use = new RecentUse();

    private KeyTable keys = new KeyTable(KeyTable.MIN_CAPACITY);
    private TextIndex texts = new TextIndex();
    private Column values = new Column();

    /** An empty table that folds with this combiner. */
    public FoldTable(Combiner<V, A> combiner) {
        this.combiner = combiner;
        this.counting = combiner instanceof Counting;
    }

    /** Folds a value into its key's fold, as {@link #add(Object, int, Object)} does, but finds the hash only if it must. */
    public void add(@Nullable K key, @Nullable V value) throws Exception {
        int entry = key instanceof String text ? texts.find(text) : TextIndex.NOT_SHORT;
        if (entry >= 0) {
            fold(entry, value);
        } else {
            addRare(key, entry, value);
        }
    }

    /** How many keys can be noted at once. */
    public static int noted() {
        return TextIndex.NOTED;
    }

    /** True if so many keys are there that noting them first and folding them together is worth the trouble. */
    public boolean isWide() {
        return keys.bound() >= WIDE;
    }

    /** Notes a key whose value is to be folded by {@link #addNoted}; false if it cannot be noted and must be added at once. */
    public boolean note(int place, @Nullable K key) {
        return key instanceof String text && texts.note(place, text);
    }

    /** Fetches what is needed to fold the values of the first keys noted. */
    public void fetch(int count) {
        texts.fetch(count);
    }

    /** Folds a value into the fold of a key that was noted. */
    public void addNoted(int place, @Nullable K key, @Nullable V value) throws Exception {
        int entry = texts.findNoted(place);
        if (entry >= 0) {
            fold(entry, value);
        } else {
            addRare(key, entry, value);
        }
    }

    private void addRare(@Nullable K key, int entry, @Nullable V value) throws Exception {
        add(key, StableHash.of(key), entry, value);
    }

    @Override
    public void add(@Nullable K key, int hash, @Nullable V value) throws Exception {
        add(key, hash, key instanceof String text ? texts.find(text) : TextIndex.NOT_SHORT, value);
    }

    private void add(@Nullable K key, int hash, int found, @Nullable V value) throws Exception {
        int entry = find(key, hash, found);
        if (entry >= 0) {
            fold(entry, value);
        } else {
            Object first = counting ? (Object) 1L : combiner.create(value);
            addKey(key, hash, found);
            values.add(first);
        }
    }

    private void addKey(@Nullable Object key, int hash, int found) {
        if (found == TextIndex.NOT_SHORT) {
            keys.add(key, hash);
        } else {
            texts.addMissing(keys.append(key, hash));
        }
    }

    private int find(@Nullable Object key, int hash, int found) {
        return found == TextIndex.NOT_SHORT ? keys.find(key, hash) : found;
    }

    private void fold(int entry, @Nullable V value) throws Exception {
        if (counting) {
            values.plus(entry, 1);
        } else {
            merge(entry, value);
        }
    }

    @Override
    public void combine(@Nullable K key, int hash, @Nullable A folded) throws Exception {
        int found = key instanceof String text ? texts.find(text) : TextIndex.NOT_SHORT;
        int entry = find(key, hash, found);
        if (entry < 0) {
            addKey(key, hash, found);
            values.add(folded);
        } else if (counting) {
            values.plus(entry, (Long) folded);
        } else {
            combine(entry, folded);
        }
    }

    @Override
    public int enter(@Nullable K key, int hash, @Nullable A first) {
        int found = key instanceof String text ? texts.find(text) : TextIndex.NOT_SHORT;
        int entry = find(key, hash, found);
        if (entry >= 0) {
            return entry;
        }
        addKey(key, hash, found);
        values.add(first);
        return size() - 1;
    }

    /** Combines the folds of a buffer, as if one by one. */
    public void combineAll(PairBuffer buffer) throws Exception {
        Column folds = buffer.values();
        boolean longs = counting && folds.isLongs();
        for (int row = 0; row < buffer.size(); row++) {
            Object key = buffer.key(row);
            int hash = buffer.hash(row);
            if (longs) {
                combineCount(key, hash, folds.longAt(row));
            } else {
                combine((K) key, hash, (A) folds.get(row));
            }
        }
    }

    @Override
    public int size() {
        return keys.bound();
    }

    @Override
    public K key(int entry) {
        return (K) keys.key(entry);
    }

    @Override
    public int hash(int entry) {
        return keys.hash(entry);
    }

    @Override
    public A value(int entry) {
        return (A) values.get(entry);
    }

    /** The folds by entry number, for reading. */
    public Column values() {
        return values;
    }

    /** Forgets everything; keeps the room unless recent batches used less than a sixteenth of it. */
    @Override
    public void clear() {
        if (use.leavesTooMuch(keys.bound(), keys.capacity())) {
            keys = new KeyTable(2 * use.recent());
            texts = new TextIndex();
            values = new Column();
        } else {
            keys.clear();
            texts.clear();
            values.clear();
        }
    }

    /** Copies the entries, in order, to the buffers of the {@code count} partitions they belong to. */
    public List<PairBuffer> partition(int count) {
        int size = size();
        int[] targets = new int[size];
        int[] sizes = new int[count];
        for (int entry = 0; entry < size; entry++) {
            targets[entry] = Partitions.of(keys.hash(entry), count);
            sizes[targets[entry]]++;
        }
        List<PairBuffer> buffers = new ArrayList<>(count);
        for (int rows : sizes) {
            buffers.add(PairBuffer.keyed(rows, values.isLongs()));
        }
        for (int entry = 0; entry < size; entry++) {
            buffers.get(targets[entry]).addFrom(keys.key(entry), keys.hash(entry), values, entry);
        }
        return buffers;
    }

    /** For how many keys there is room. */
    int capacity() {
        return keys.capacity();
    }

    private void combineCount(@Nullable Object key, int hash, long count) {
        int found = key instanceof String text ? texts.find(text) : TextIndex.NOT_SHORT;
        int entry = find(key, hash, found);
        if (entry < 0) {
            addKey(key, hash, found);
            values.addLong(count);
        } else {
            values.plus(entry, count);
        }
    }

    /** A box of its own, which the compiler can do without; one from the cache of small numbers it must keep. */
    @SuppressWarnings({"removal", "BoxedPrimitiveConstructor"})
    private static Object box(long value) {
        return new Long(value);
    }

    // One path for longs and one for the rest: only then need the compiler make no box for the longs.

    private void merge(int entry, @Nullable V value) throws Exception {
        if (values.isLongs()) {
            values.set(entry, combiner.merge((A) box(values.longAt(entry)), value));
        } else {
            values.set(entry, combiner.merge((A) values.get(entry), value));
        }
    }

    private void combine(int entry, @Nullable A folded) throws Exception {
        if (values.isLongs()) {
            values.set(entry, combiner.combine((A) box(values.longAt(entry)), folded));
        } else {
            values.set(entry, combiner.combine((A) values.get(entry), folded));
        }
    }
}
