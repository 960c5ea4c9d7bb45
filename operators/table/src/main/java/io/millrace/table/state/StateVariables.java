// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import io.millrace.table.state.KeyedValues.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The kinds of state: each reads and writes entries of the key at hand. */
final class StateVariables {

    private StateVariables() {}

    /** Where the entries of a state are. */
    record Slot(ProcessorHandle handle, String name, TTLConfig ttl) {

        List<Entry> read() {
            return handle.values().entries(name, handle.nowMillis());
        }

        void write(List<Entry> entries) {
            handle.values().set(name, entries);
        }

        long expiry() {
            return ttl.expires()
                    ? Math.addExact(handle.nowMillis(), ttl.ttlDuration().toMillis())
                    : KeyedValues.FOR_EVER;
        }
    }

    /** A state of one value. */
    record OneValue<T>(Slot slot, ValueCodec codec) implements ValueState<T> {

        @Override
        public boolean exists() {
            return !slot.read().isEmpty();
        }

        @Override
        public T get() {
            return getOption()
                    .orElseThrow(() -> new NoSuchElementException("the state '" + slot.name() + "' has no value"));
        }

        @Override
        @SuppressWarnings("unchecked") // of the type the user gave
        public Optional<T> getOption() {
            return slot.read().stream().findFirst().map(entry -> (T) codec.decode(entry.value()));
        }

        @Override
        public void update(T value) {
            slot.write(List.of(new Entry(codec.encode(value), slot.expiry())));
        }

        @Override
        public void clear() {
            slot.write(List.of());
        }
    }

    /** A state of a list. */
    record Values<T>(Slot slot, ValueCodec codec) implements ListState<T> {

        @Override
        public boolean exists() {
            return !slot.read().isEmpty();
        }

        @Override
        @SuppressWarnings("unchecked") // of the type the user gave
        public List<T> get() {
            return slot.read().stream()
                    .map(entry -> (T) codec.decode(entry.value()))
                    .toList();
        }

        @Override
        public void put(List<? extends T> values) {
            slot.write(entries(values));
        }

        @Override
        public void appendValue(T value) {
            appendList(List.of(value));
        }

        @Override
        public void appendList(List<? extends T> values) {
            List<Entry> all = new ArrayList<>(slot.read());
            all.addAll(entries(values));
            slot.write(all);
        }

        @Override
        public void clear() {
            slot.write(List.of());
        }

        private List<Entry> entries(List<? extends T> values) {
            long expiry = slot.expiry();
            return values.stream()
                    .map(value -> new Entry(codec.encode(value), expiry))
                    .toList();
        }
    }

    /** A state of a map. */
    record Entries<K, V>(Slot slot, ValueCodec keys, ValueCodec values) implements MapState<K, V> {

        @Override
        public boolean exists() {
            return !slot.read().isEmpty();
        }

        @Override
        @SuppressWarnings("unchecked") // of the type the user gave
        public Optional<V> getValue(K key) {
            byte[] bytes = keys.encode(key);
            return slot.read().stream()
                    .filter(entry -> Arrays.equals(entry.key(), bytes))
                    .findFirst()
                    .map(entry -> (V) values.decode(entry.value()));
        }

        @Override
        public boolean containsKey(K key) {
            return getValue(key).isPresent();
        }

        @Override
        public void updateValue(K key, V value) {
            byte[] bytes = keys.encode(key);
            Entry entry = new Entry(bytes, values.encode(value), slot.expiry());
            List<Entry> all = new ArrayList<>(slot.read());
            int place = 0;
            while (place < all.size() && !Arrays.equals(all.get(place).key(), bytes)) {
                place++;
            }
            if (place < all.size()) {
                all.set(place, entry);
            } else {
                all.add(entry);
            }
            slot.write(all);
        }

        @Override
        public void removeKey(K key) {
            byte[] bytes = keys.encode(key);
            slot.write(slot.read().stream()
                    .filter(entry -> !Arrays.equals(entry.key(), bytes))
                    .toList());
        }

        @Override
        @SuppressWarnings("unchecked") // of the types the user gave
        public Map<K, V> entries() {
            Map<K, V> all = new LinkedHashMap<>();
            slot.read().forEach(entry -> all.put((K) keys.decode(entry.key()), (V) values.decode(entry.value())));
            return Collections.unmodifiableMap(all);
        }

        @Override
        public void clear() {
            slot.write(List.of());
        }
    }
}
