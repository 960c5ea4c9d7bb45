// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.function.MapFunction;
import io.millrace.operator.Guard;
import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;

/**
 * Changes the values of pairs and leaves the keys, and with them the partitions, as they are.
 *
 * @param function what makes a value
 * @param <K> keys
 * @param <V> values in
 * @param <W> values out
 */
public record MapValuesOperator<K, V, W>(MapFunction<? super V, ? extends W> function)
        implements RecordOperator<Pair<K, V>, Pair<K, W>> {

    @Override
    public String kind() {
        return "mapValues";
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public Step<Pair<K, V>> open(StepContext context, Step<Pair<K, W>> out) {
        return context.fresh(MapValuesStep.class, function, context.guard(), out);
    }

    static final class MapValuesStep<K, V, W> implements Step<Pair<K, V>> {
        private final MapFunction<V, W> function;
        private final Guard guard;
        private final Step<Pair<K, W>> out;

        MapValuesStep(MapFunction<V, W> function, Guard guard, Step<Pair<K, W>> out) {
            this.function = function;
            this.guard = guard;
            this.out = out;
        }

        @Override
        public void push(Pair<K, V> record) throws Exception {
            W value;
            try {
                value = function.apply(record.value());
            } catch (Throwable e) {
                guard.failed(record, e);
                return;
            }
            out.push(new Pair<>(record.key(), value));
        }
    }
}
