// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Combiner;
import io.millrace.operator.Fold;
import io.millrace.operator.Guard;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Combines the folds, or folds the values, that arrive for each key and emits one pair per key, in order of first arrival.
 *
 * @param <K> keys
 * @param <V> values
 * @param <A> folds
 */
final class FoldTask<K, V, A> implements PartitionTask<K, V> {

    private final Fold<K, V, A> folds;
    private final Guard guard;
    private final Step<Pair<K, A>> out;
    private final PartitionContext context;
    private final boolean folded;

    /** A task for folds. */
    FoldTask(PartitionContext context, Combiner<V, A> combiner, Step<Pair<K, A>> out) {
        this(context, combiner, true, out);
    }

    /** A task for folds, or for values that nobody has folded yet. */
    FoldTask(PartitionContext context, Combiner<V, A> combiner, boolean folded, Step<Pair<K, A>> out) {
        this.context = context;
        this.folded = folded;
        this.folds = context.fold(combiner);
        this.guard = context.guard();
        this.out = out;
    }

    @Override
    public void begin() {
        folds.clear();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void add(int input, K key, int hash, Object value) throws Exception {
        try {
            if (folded) {
                folds.combine(key, hash, (A) value);
            } else {
                folds.add(key, hash, (V) value);
            }
        } catch (Throwable e) {
            guard.failed(new Pair<>(key, value), e);
        }
    }

    @Override
    public void finish() throws Exception {
        if (context.emits()) {
            for (int entry = 0; entry < folds.size(); entry++) {
                out.push(new Pair<>(folds.key(entry), folds.value(entry)));
            }
        }
        folds.clear();
    }
}
