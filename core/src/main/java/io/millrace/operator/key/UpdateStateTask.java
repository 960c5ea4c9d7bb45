// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.function.KeyedUpdateFunction;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Fold;
import io.millrace.operator.Guard;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One partition of {@link UpdateStateByKeyOperator}.
 *
 * @param <K> keys
 * @param <V> values
 * @param <S> state per key
 */
final class UpdateStateTask<K, V, S> implements PartitionTask<K, V> {

    private final KeyedUpdateFunction<K, V, S> function;
    private final PartitionContext context;
    private final Guard guard;
    private final Step<Pair<K, S>> out;
    private final Fold<K, Object, Object> arrived;
    private final State<K, S> state;
    private final BitSet called = new BitSet();
    private BatchTime now = new BatchTime(0);

    UpdateStateTask(KeyedUpdateFunction<K, V, S> function, PartitionContext context, Step<Pair<K, S>> out) {
        this.function = function;
        this.context = context;
        this.guard = context.guard();
        this.out = out;
        this.arrived = context.fold(ValueLists.INSTANCE);
        this.state = context.state();
    }

    @Override
    public void begin() {
        now = context.batchTime();
        arrived.clear();
        called.clear();
    }

    @Override
    public void add(int input, K key, int hash, Object value) throws Exception {
        arrived.add(key, hash, value);
    }

    @Override
    public void finish() throws Exception {
        int before = state.bound();
        for (int i = 0; i < arrived.size(); i++) {
            K key = arrived.key(i);
            int entry = state.find(key, arrived.hash(i));
            List<V> values = ValueLists.list(arrived.value(i));
            if (entry >= 0) {
                called.set(entry);
                update(entry, values);
            } else {
                create(key, arrived.hash(i), values, before);
            }
        }
        for (int entry = called.nextClearBit(0); entry < before; entry = called.nextClearBit(entry + 1)) {
            if (state.isLive(entry)) {
                update(entry, List.of());
            }
        }
        arrived.clear();
    }

    private void update(int entry, List<V> values) throws Exception {
        K key = state.key(entry);
        Optional<S> next;
        try {
            next = next(key, values, Optional.ofNullable(state.value(entry)));
        } catch (Throwable e) {
            guard.failed(new Pair<>(key, values), e);
            return;
        }
        if (next.isPresent()) {
            state.set(entry, next.get());
            out.push(new Pair<>(key, next.get()));
        } else {
            state.remove(entry);
        }
    }

    private void create(K key, int hash, List<V> values, int before) throws Exception {
        Optional<S> first;
        try {
            first = next(key, values, Optional.empty());
        } catch (Throwable e) {
            guard.failed(new Pair<>(key, values), e);
            return;
        }
        if (first.isPresent()) {
            int entry = state.insert(key, hash, first.get());
            if (entry < before) {
                called.set(entry);
            }
            out.push(new Pair<>(key, first.get()));
        }
    }

    private Optional<S> next(K key, List<V> values, Optional<S> before) throws Exception {
        return Objects.requireNonNull(
                function.apply(now, key, values, before), "the function must return an Optional, but returned null");
    }
}
