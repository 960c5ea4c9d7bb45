// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.function.StateFunction;
import io.millrace.operator.Exchange;
import io.millrace.operator.InitialState;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Keeps a state per key and calls a function for every record, as Spark's {@code mapWithState} does: a batch costs its records and the
 * keys that time out, not what is remembered.
 *
 * <p>It emits two things, told apart by the operators behind it: mapped values ({@link MappedValues}) and, if they are asked for, all
 * keys and states ({@link StateSnapshots}).
 *
 * @param function called for every record and every key that times out
 * @param initial what is remembered before the first batch; its keys count as updated in the first batch
 * @param timeouts when keys time out
 * @param snapshots true if every batch ends with all keys and states
 * @param <K> keys
 * @param <V> values
 * @param <S> state per key
 * @param <M> mapped values
 */
public record MapWithStateOperator<K, V, S, M>(
        StateFunction<K, V, S, M> function, InitialState<K, S> initial, Timeouts timeouts, boolean snapshots)
        implements PartitionOperator<Pair<K, V>, K, V, Object> {

    /** The same, at the end of every batch with all keys and states. */
    public MapWithStateOperator<K, V, S, M> withSnapshots() {
        return new MapWithStateOperator<>(function, initial, timeouts, true);
    }

    /** The same with other timeouts. */
    public MapWithStateOperator<K, V, S, M> withTimeouts(Timeouts newTimeouts) {
        return new MapWithStateOperator<>(function, initial, newTimeouts, snapshots);
    }

    @Override
    public String kind() {
        return "mapWithState";
    }

    @Override
    public Exchange exchange() {
        return Exchange.BY_KEY;
    }

    @Override
    public boolean repeatsKeys() {
        return true;
    }

    /** True for the snapshots; {@link MappedValues}, through which all other records go, says that it does not keep keys. */
    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public boolean stateful() {
        return true;
    }

    /** Entries of the past are due, so that the first batch finds them and lets their time begin. */
    @Override
    public InitialState<K, S> initialState() {
        return timeouts.areSet() ? initial.withDue(MapWithStateTask.NOT_STARTED) : initial;
    }

    @Override
    public PartitionTask<K, V> open(PartitionContext context, Step<Object> out) {
        return new MapWithStateTask<>(this, context, out);
    }
}
