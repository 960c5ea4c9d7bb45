// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;

/**
 * The keys and states among what a {@link MapWithStateOperator} emits.
 *
 * @param <K> keys
 * @param <S> states
 */
public record StateSnapshots<K, S>() implements RecordOperator<Object, Pair<K, S>> {

    @Override
    public String kind() {
        return "stateSnapshots";
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public Step<Object> open(StepContext context, Step<Pair<K, S>> out) {
        return context.fresh(SnapshotStep.class, out);
    }

    static final class SnapshotStep<K, S> implements Step<Object> {
        private final Step<Pair<K, S>> out;

        SnapshotStep(Step<Pair<K, S>> out) {
            this.out = out;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // keys and states may be null if the user's are
        public void push(Object record) throws Exception {
            if (record instanceof SnapshotEntry entry) {
                out.push(new Pair<>((K) entry.key(), (S) entry.state()));
            }
        }
    }
}
