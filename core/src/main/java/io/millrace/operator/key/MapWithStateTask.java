// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.function.StateFunction;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Guard;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.RepeatedKeys;
import io.millrace.operator.StableHash;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a {@link MapWithStateOperator}. A key's timer stands at the time from which on it times out.
 *
 * @param <K> keys
 * @param <V> values
 * @param <S> state per key
 * @param <M> mapped values
 */
final class MapWithStateTask<K, V, S, M> implements PartitionTask<K, V> {

    /** The timer of an initial entry before the first batch. */
    static final long NOT_STARTED = Long.MIN_VALUE;

    private final StateFunction<K, V, S, M> function;
    private final Timeouts timeouts;
    private final boolean timed;
    private final boolean snapshots;
    private final PartitionContext context;
    private final Guard guard;
    private final Step<Object> out;
    private final State<K, S> state;
    private final HeldState<S> held;
    private final SnapshotEntry snapshot = new SnapshotEntry();
    private BatchTime now = new BatchTime(0);
    private long expiry;
    private boolean removes;
    private @Nullable Object lastValue;
    private Optional<V> lastOptional = Optional.empty();

    /** True once a record of this batch has led to something: then those of the next are taken in order. */
    private boolean tells;

    private boolean toldBefore;
    private @Nullable Unsettled<M> unsettled;

    /** What a call for a record led to before it was the record's turn: a mapped value, or else a failure. */
    private record Unsettled<M>(
            Pair<?, ?> record, @Nullable M mapped, @Nullable Throwable failure) {}

    MapWithStateTask(MapWithStateOperator<K, V, S, M> operator, PartitionContext context, Step<Object> out) {
        this.function = operator.function();
        this.timeouts = operator.timeouts();
        this.timed = timeouts.areSet();
        this.snapshots = operator.snapshots();
        this.context = context;
        this.guard = context.guard();
        this.out = out;
        this.state = context.state();
        this.held = new HeldState<>(state);
    }

    @Override
    public void begin() {
        now = context.batchTime();
        expiry = timeouts.expiry(now);
        removes = false;
        toldBefore = tells;
        tells = false;
        unsettled = null;
        if (timed) {
            for (int entry = state.nextDue(NOT_STARTED); entry >= 0; entry = state.nextDue(NOT_STARTED)) {
                state.setTimer(entry, expiry);
            }
        }
    }

    @Override
    public void add(int input, K key, int hash, Object value) throws Exception {
        update(key, value, state.find(key, hash));
    }

    /** One loop with the user's function in it, so that the compiler sees all of a call at once. */
    @Override
    public void addAll(int input, RepeatedKeys<K> records) throws Exception {
        int[] numbers = records.numbers();
        int[] places = records.places();
        int size = records.size();
        for (int i = 0; i < size; i++) {
            int number = numbers[i];
            int place = places[number];
            K key = records.key(number);
            // Only a batch that has removed keys may have removed this one, through a record that came by another way.
            if (place < 0 || (removes && !state.isLive(place))) {
                place = state.find(key, records.hash(number));
            }
            places[number] = update(key, records.value(i), place);
        }
    }

    /** Calls the function for a record, whose key is at an entry or nowhere (-1); answers where the key is then. */
    private int update(K key, Object value, int entry) throws Exception {
        held.hold(entry);
        Optional<M> mapped;
        try {
            mapped = call(key, optional(value));
        } catch (Throwable e) {
            tells = true;
            guard.failed(new Pair<>(key, value), e);
            return entry;
        }
        int kept = keep(key, entry);
        if (mapped.isPresent()) {
            tells = true;
            out.push(mapped.get());
        }
        return kept;
    }

    /** In order only if the batch before has shown that it matters. */
    @Override
    public boolean prefersEqual() {
        return !toldBefore;
    }

    /** The calls for one key follow each other, so that the memory that its state takes is at hand. */
    @Override
    public int addEqual(int input, K key, int hash, Object value, int times) {
        int entry = state.find(key, hash);
        for (int call = 1; call <= times; call++) {
            held.hold(entry);
            Optional<M> mapped;
            try {
                mapped = call(key, optional(value));
            } catch (Throwable e) {
                tells = true;
                unsettled = new Unsettled<>(new Pair<>(key, value), null, e);
                return call;
            }
            entry = keep(key, entry);
            if (mapped.isPresent()) {
                tells = true;
                unsettled = new Unsettled<>(new Pair<>(key, value), mapped.get(), null);
                return call;
            }
        }
        return times;
    }

    @Override
    public boolean isUnsettled() {
        return unsettled != null;
    }

    @Override
    public void settle() throws Exception {
        Unsettled<M> waiting = unsettled;
        unsettled = null;
        if (waiting == null) {
            return;
        }
        if (waiting.failure() != null) {
            guard.failed(waiting.record(), waiting.failure());
        } else if (waiting.mapped() != null) {
            out.push(waiting.mapped());
        }
    }

    @Override
    public void finish() throws Exception {
        held.release();
        lastValue = null;
        lastOptional = Optional.empty();
        if (timeouts.sweepsAt(now, context.zero(), context.parentSlideMillis())) {
            for (int entry = state.nextDue(now.millis()); entry >= 0; entry = state.nextDue(now.millis())) {
                expire(entry);
            }
        }
        if (snapshots) {
            for (int entry = 0; entry < state.bound(); entry++) {
                if (state.isLive(entry)) {
                    snapshot.set(state.key(entry), state.value(entry));
                    out.push(snapshot);
                }
            }
            snapshot.set(null, null);
        }
    }

    /** Does what the function has told the state; answers where the key is now. */
    private int keep(K key, int before) {
        int entry = before;
        if (held.isUpdated()) {
            if (entry >= 0) {
                held.write();
            } else {
                entry = state.insert(key, StableHash.of(key), held.told());
            }
        } else if (held.isRemoved()) {
            if (entry >= 0) {
                state.remove(entry);
                removes = true;
            }
            return UNKNOWN;
        }
        if (timed && entry >= 0) {
            state.setTimer(entry, expiry);
        }
        return entry;
    }

    /** The last call for a key, which goes in any case: a policy that sets the call aside does not bring it back. */
    private void expire(int entry) throws Exception {
        K key = state.key(entry);
        held.holdTimingOut(entry);
        Optional<M> mapped = Optional.empty();
        try {
            mapped = call(key, Optional.empty());
        } catch (Throwable e) {
            guard.failed(new Pair<>(key, Optional.empty()), e);
        }
        state.remove(entry);
        if (mapped.isPresent()) {
            out.push(mapped.get());
        }
    }

    private Optional<M> call(K key, Optional<V> value) throws Exception {
        return Objects.requireNonNull(
                function.call(now, key, value, held), "the function must return an Optional, but returned null");
    }

    /** The value as an optional: the same one again if the value is the same object, as small numbers are. */
    @SuppressWarnings({"unchecked", "ReferenceEquality"})
    private Optional<V> optional(Object value) {
        if (value != lastValue) {
            lastValue = value;
            lastOptional = Optional.ofNullable((V) value);
        }
        return lastOptional;
    }
}
