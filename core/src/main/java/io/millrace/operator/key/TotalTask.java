// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Combiner;
import io.millrace.operator.Fold;
import io.millrace.operator.Guard;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import org.jspecify.annotations.Nullable;

/**
 * Combines the folds of all records of a batch into one and emits it.
 *
 * @param <V> records
 * @param <A> their fold
 */
final class TotalTask<V, A> implements PartitionTask<Object, V> {

    private final Fold<Object, V, A> total;
    private final Guard guard;
    private final Step<A> out;
    private final @Nullable A ofNothing;

    TotalTask(PartitionContext context, Combiner<V, A> combiner, @Nullable A ofNothing, Step<A> out) {
        this.total = context.fold(combiner);
        this.guard = context.guard();
        this.ofNothing = ofNothing;
        this.out = out;
    }

    @Override
    public void begin() {
        total.clear();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void add(int input, Object key, int hash, Object value) throws Exception {
        try {
            total.combine(NO_KEY, 0, (A) value);
        } catch (Throwable e) {
            guard.failed(value, e);
        }
    }

    @Override
    public void finish() throws Exception {
        if (total.size() > 0) {
            out.push(total.value(0));
        } else if (ofNothing != null) {
            out.push(ofNothing);
        }
        total.clear();
    }
}
