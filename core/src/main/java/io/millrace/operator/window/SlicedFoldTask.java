// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Combiner;
import io.millrace.operator.Fold;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionTask;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The fold of each key over a window, without an inverse, in two folds per key and window: nothing that stays in the window is folded
 * again.
 *
 * <p>Time is divided into stretches of half a window, so that a window is the end of one, all of the next, and what there is of the
 * newest. Of each of the three a key has a fold. That of the newest grows with each slice. That of the oldest must shrink: so the slices
 * of a stretch are gone through backwards while the next stretch fills, one for each new one, and instead of its own fold a slice keeps
 * the fold of what comes after it, which is what is left when it leaves. A slice is touched three times in all, at times that are evenly
 * spread, so that no batch has more to do than another. Folds are always combined in order of time.
 *
 * <p>If the function throws on two folds, and the policy is to fail, a {@link BrokenFold} takes their place: those windows fail that hold
 * the slices of both, and no others. A batch that cannot be folded in itself is lost to all windows that reach back to it.
 *
 * @param <K> keys
 * @param <V> values
 * @param <A> folds
 */
@SuppressWarnings({"unchecked", "NullAway"}) // keys and values may be null if the user's are
final class SlicedFoldTask<K, V, A> implements PartitionTask<K, V> {

    private final PartitionContext context;
    private final int length;
    private final int slide;
    private final Combiner<V, A> combiner;
    private final SliceStore<K, A> store;
    private final Fold<K, V, A> arrived;
    private final Fold<K, V, A> several;

    SlicedFoldTask(PartitionContext context, int length, int slide, Combiner<V, A> combiner, SliceStore<K, A> store) {
        this.context = context;
        this.length = length;
        this.slide = slide;
        this.combiner = new Unbroken<>(combiner);
        this.store = store;
        this.arrived = context.fold(combiner);
        this.several = context.fold(this.combiner);
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
        SliceTimes times = SliceTimes.longest(context, length, slide);
        long now = store.now();
        if (arrived.size() > 0 && times.isSeen(now)) {
            store.put(now, Slice.of(Slice.OPEN, arrived), times.endOfSlice(now));
        }
        arrived.clear();
        for (long end = store.nextDue(); end != Long.MIN_VALUE; end = store.nextDue()) {
            Slice slice = store.get(end);
            switch (slice.stage()) {
                case Slice.OPEN -> close(times, times.endOfSlice(end));
                case Slice.FOLDS -> goThrough(times, end, slice);
                default -> leave(times, end, slice);
            }
        }
        if (store.emits()) {
            emit(times.stretch(now));
        }
    }

    /** Makes one slice of the batches of a slice, and lets it enter the window. */
    private void close(SliceTimes times, long end) throws Exception {
        Slice closed = null;
        boolean many = false;
        for (long time = end - times.slice() + times.batch(); time <= end; time += times.batch()) {
            Slice open = store.get(time);
            if (open != null) {
                if (closed == null) {
                    closed = open;
                } else {
                    if (!many) {
                        store.foldOrBreak(several, closed);
                        many = true;
                    }
                    store.foldOrBreak(several, open);
                }
                if (time < end) {
                    store.remove(time);
                }
            }
        }
        if (many) {
            closed = Slice.of(Slice.FOLDS, several);
            several.clear();
        }
        if (closed != null) {
            Slice entered = enter(closed, times.stretch(end));
            store.put(end, entered.at(Slice.FOLDS), times.goThrough(end));
        }
    }

    /** Adds a slice to the newest stretch; answers it without the rows whose values the function refused. */
    private Slice enter(Slice slice, long stretch) throws Exception {
        BitSet refused = new BitSet();
        for (int row = 0; row < slice.size(); row++) {
            int entry = store.find(slice.key(row), slice.hash(row));
            WindowFolds folds = at(entry, stretch);
            Object value = slice.value(row);
            if (folds.has(WindowFolds.NEWEST)) {
                try {
                    value = combiner.combine((A) folds.newest(), (A) value);
                } catch (Throwable e) {
                    if (store.setsAside(slice.key(row), slice.value(row), e)) {
                        refused.set(row);
                        continue;
                    }
                    value = BrokenFold.of(e);
                }
            }
            store.keep(entry, slice.key(row), slice.hash(row), folds.withNewest(value));
        }
        return slice.without(refused);
    }

    /** Replaces the folds of a slice by those of what comes after it in its stretch. */
    private void goThrough(SliceTimes times, long end, Slice slice) throws Exception {
        long stretch = times.stretch(end) + 1;
        Slice.Builder later = new Slice.Builder();
        for (int row = 0; row < slice.size(); row++) {
            int entry = store.find(slice.key(row), slice.hash(row));
            WindowFolds folds = at(entry, stretch);
            Object value = slice.value(row);
            if (folds.has(WindowFolds.BEHIND)) {
                later.add(folds.behind());
                try {
                    value = combiner.combine((A) value, (A) folds.behind());
                } catch (Throwable e) {
                    boolean aside = store.setsAside(slice.key(row), slice.value(row), e);
                    value = aside ? folds.behind() : BrokenFold.of(e);
                }
            } else {
                later.addAbsent();
            }
            store.keep(entry, slice.key(row), slice.hash(row), folds.withBehind(value));
        }
        store.put(end, slice.with(Slice.LATER, later), times.leave(end));
    }

    /** Takes a slice out of the window, and the keys that nothing is left of. */
    private void leave(SliceTimes times, long end, Slice slice) {
        long stretch = times.stretch(times.leave(end));
        boolean fromMiddle = times.stretch(end) == stretch - 1;
        for (int row = 0; row < slice.size(); row++) {
            int entry = store.find(slice.key(row), slice.hash(row));
            WindowFolds folds = at(entry, stretch);
            boolean more = slice.hasValue(row);
            folds = fromMiddle ? folds.withMiddle(more, slice.value(row)) : folds.withOldest(more, slice.value(row));
            if (folds.isEmpty()) {
                store.forget(entry);
            } else {
                store.keep(entry, slice.key(row), slice.hash(row), folds);
            }
        }
        store.remove(end);
    }

    private WindowFolds at(int entry, long stretch) {
        return entry < 0 ? WindowFolds.none(stretch) : ((WindowFolds) store.kept(entry)).at(stretch);
    }

    private void emit(long stretch) throws Exception {
        for (int entry = 0; entry < store.bound(); entry++) {
            if (store.isKey(entry)) {
                K key = store.key(entry);
                WindowFolds folds = at(entry, stretch);
                A whole;
                try {
                    whole = whole(folds);
                } catch (Throwable e) {
                    store.emissionFailed(key, folds.newest(), e);
                    continue;
                }
                if (whole instanceof BrokenFold broken) {
                    store.emissionFailed(
                            key,
                            broken,
                            new IllegalStateException(
                                    "Some batches of the window cannot be folded: " + broken.cause()));
                    continue;
                }
                store.push(key, whole);
            }
        }
    }

    private A whole(WindowFolds folds) throws Exception {
        boolean some = folds.has(WindowFolds.OLDEST);
        @Nullable A whole = (A) folds.oldest();
        if (folds.has(WindowFolds.MIDDLE)) {
            whole = some ? combiner.combine(whole, (A) folds.middle()) : (A) folds.middle();
            some = true;
        }
        if (folds.has(WindowFolds.NEWEST)) {
            whole = some ? combiner.combine(whole, (A) folds.newest()) : (A) folds.newest();
        }
        return whole;
    }
}
