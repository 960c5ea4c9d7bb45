// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.function.KeyedUpdateFunction;
import io.millrace.operator.Exchange;
import io.millrace.operator.InitialState;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Keeps a state per key: in every batch the function is called for every key that has a state or got a value, and the
 * whole state is emitted, as Spark's {@code updateStateByKey} does.
 *
 * @param function makes the next state
 * @param initial what is remembered before the first batch
 * @param <K> keys
 * @param <V> values
 * @param <S> state per key
 */
public record UpdateStateByKeyOperator<K, V, S>(KeyedUpdateFunction<K, V, S> function, InitialState<K, S> initial)
        implements PartitionOperator<Pair<K, V>, K, V, Pair<K, S>> {

    @Override
    public String kind() {
        return "updateStateByKey";
    }

    @Override
    public Exchange exchange() {
        return Exchange.BY_KEY;
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public boolean stateful() {
        return true;
    }

    @Override
    public InitialState<K, S> initialState() {
        return initial;
    }

    @Override
    public PartitionTask<K, V> open(PartitionContext context, Step<Pair<K, S>> out) {
        return new UpdateStateTask<>(function, context, out);
    }
}
