// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import io.millrace.table.type.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states and timers of whichever key is at hand. For one thread. */
final class ProcessorHandle implements StatefulProcessorHandle {

    private final TimeMode mode;
    private final long nowMillis;
    private final Map<String, String> kinds = new HashMap<>();
    private @Nullable KeyedValues atHand;

    /** In a batch of this time. */
    ProcessorHandle(TimeMode mode, long nowMillis) {
        this.mode = mode;
        this.nowMillis = nowMillis;
    }

    /** From here on these are at hand; null: none. */
    void take(@Nullable KeyedValues values) {
        atHand = values;
    }

    @Override
    public <T> ValueState<T> getValueState(String name, DataType type, TTLConfig ttl) {
        declare(name, "value", ttl);
        return new StateVariables.OneValue<>(new StateVariables.Slot(this, name, ttl), ValueCodec.ofValues(name, type));
    }

    @Override
    public <T> ListState<T> getListState(String name, DataType type, TTLConfig ttl) {
        declare(name, "list", ttl);
        return new StateVariables.Values<>(new StateVariables.Slot(this, name, ttl), ValueCodec.ofValues(name, type));
    }

    @Override
    public <K, V> MapState<K, V> getMapState(String name, DataType keyType, DataType valueType, TTLConfig ttl) {
        declare(name, "map", ttl);
        return new StateVariables.Entries<>(
                new StateVariables.Slot(this, name, ttl),
                ValueCodec.ofKeys(name, keyType),
                ValueCodec.ofValues(name, valueType));
    }

    private void declare(String name, String kind, TTLConfig ttl) {
        String known = kinds.putIfAbsent(name, kind);
        if (known != null && !known.equals(kind)) {
            throw new IllegalArgumentException(
                    "the state '" + name + "' is a " + known + " already and cannot be a " + kind);
        }
        if (ttl.expires() && mode != TimeMode.PROCESSING_TIME) {
            throw new IllegalArgumentException("values of the state '" + name + "' can expire in the time mode "
                    + TimeMode.PROCESSING_TIME + " only, not in " + mode);
        }
    }

    @Override
    public void registerTimer(long expiryTimeInMs) {
        timed().addTimer(expiryTimeInMs);
    }

    @Override
    public void deleteTimer(long expiryTimeInMs) {
        timed().removeTimer(expiryTimeInMs);
    }

    @Override
    public List<Long> listTimers() {
        return timed().timers();
    }

    private KeyedValues timed() {
        if (mode == TimeMode.NONE) {
            throw new IllegalStateException("there are no timers in the time mode " + TimeMode.NONE);
        }
        return values();
    }

    /** What there is for the key at hand. */
    KeyedValues values() {
        if (atHand == null) {
            throw new IllegalStateException(
                    "there is no key at hand in init and close: states can be asked for, not read");
        }
        return atHand;
    }

    long nowMillis() {
        return nowMillis;
    }
}
