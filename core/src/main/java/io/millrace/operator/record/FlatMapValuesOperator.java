// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.function.FlatMapFunction;
import io.millrace.operator.Guard;
import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import java.util.Iterator;

/**
 * Makes any number of values of each value and leaves the keys, and with them the partitions, as they are.
 *
 * @param function what makes them
 * @param <K> keys
 * @param <V> values in
 * @param <W> values out
 */
public record FlatMapValuesOperator<K, V, W>(FlatMapFunction<? super V, ? extends W> function)
        implements RecordOperator<Pair<K, V>, Pair<K, W>> {

    @Override
    public String kind() {
        return "flatMapValues";
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public Step<Pair<K, V>> open(StepContext context, Step<Pair<K, W>> out) {
        return context.fresh(FlatMapValuesStep.class, function, context.guard(), out);
    }

    static final class FlatMapValuesStep<K, V, W> implements Step<Pair<K, V>> {
        private final FlatMapFunction<V, W> function;
        private final Guard guard;
        private final Step<Pair<K, W>> out;

        FlatMapValuesStep(FlatMapFunction<V, W> function, Guard guard, Step<Pair<K, W>> out) {
            this.function = function;
            this.guard = guard;
            this.out = out;
        }

        @Override
        public void push(Pair<K, V> record) throws Exception {
            Iterator<? extends W> values;
            try {
                values = function.apply(record.value()).iterator();
            } catch (Throwable e) {
                guard.failed(record, e);
                return;
            }
            while (true) {
                W value;
                try {
                    if (!values.hasNext()) {
                        return;
                    }
                    value = values.next();
                } catch (Throwable e) {
                    guard.failed(record, e);
                    return;
                }
                out.push(new Pair<>(record.key(), value));
            }
        }
    }
}
