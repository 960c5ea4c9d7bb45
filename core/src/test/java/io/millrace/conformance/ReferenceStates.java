// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static io.millrace.conformance.UnaryFunctions.pair;

import io.millrace.operator.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** The state of one node by key: what a batch that fails did is undone, and the next begins with the state before it. */
final class ReferenceStates {

    private record Entry(Object state, long updated) {}

    private Map<Object, Entry> entries = new LinkedHashMap<>();
    private List<Object> initial;

    ReferenceStates(List<Object> initial) {
        this.initial = initial;
    }

    /** Calls the function of each key that has a state or a value; the state of all keys afterwards. */
    List<Object> updateByKey(long millis, List<Object> records, UpdateFunctions.Update update) {
        Map<Object, Entry> next = begin(millis);
        Map<Object, List<Object>> values = ReferenceOperators.grouped(records);
        Set<Object> keys = new LinkedHashSet<>(next.keySet());
        keys.addAll(values.keySet());
        for (Object key : keys) {
            Optional<Object> old = Optional.ofNullable(next.get(key)).map(Entry::state);
            Optional<Object> state = update.apply(values.getOrDefault(key, List.of()), old);
            next.remove(key);
            state.ifPresent(value -> next.put(key, new Entry(value, millis)));
        }
        end(next);
        return snapshot();
    }

    /** Calls the function for each record, then for each key that times out, if this is a batch in which Spark looks for them. */
    List<Object> mapWithState(
            long millis, List<Object> records, StateFunctions.Mapping function, Optional<Long> timeout, boolean sweep) {
        Map<Object, Entry> next = begin(millis);
        List<Object> mapped = new ArrayList<>();
        for (Object record : records) {
            Object key = pair(record).key();
            Cell cell = new Cell(next.get(key), false);
            function.apply(millis, key, Optional.ofNullable(pair(record).value()), cell)
                    .ifPresent(mapped::add);
            if (cell.removed) {
                next.remove(key);
            } else if (cell.updated || (cell.exists() && timeout.isPresent())) {
                next.put(key, new Entry(cell.state, millis));
            }
        }
        if (sweep && timeout.isPresent()) {
            for (Object key : new ArrayList<>(next.keySet())) {
                Entry entry = next.get(key);
                if (entry.updated < millis - timeout.get()) {
                    function.apply(millis, key, Optional.empty(), new Cell(entry, true))
                            .ifPresent(mapped::add);
                    next.remove(key);
                }
            }
        }
        end(next);
        return mapped;
    }

    /** The state of all keys. */
    List<Object> snapshot() {
        List<Object> pairs = new ArrayList<>();
        entries.forEach((key, entry) -> pairs.add(Pair.of(key, entry.state)));
        return pairs;
    }

    private Map<Object, Entry> begin(long millis) {
        Map<Object, Entry> next = new LinkedHashMap<>(entries);
        initial.forEach(pair -> next.put(pair(pair).key(), new Entry(pair(pair).value(), millis)));
        return next;
    }

    private void end(Map<Object, Entry> next) {
        initial = List.of();
        entries = next;
    }

    private static final class Cell implements StateFunctions.Cell {
        private final boolean timingOut;
        private boolean exists;
        private Object state;
        private boolean updated;
        private boolean removed;

        Cell(Entry entry, boolean timingOut) {
            this.exists = entry != null;
            this.state = entry == null ? null : entry.state;
            this.timingOut = timingOut;
        }

        @Override
        public boolean exists() {
            return exists;
        }

        @Override
        public Object get() {
            if (!exists) {
                throw new NoSuchElementException("State is not set");
            }
            return state;
        }

        @Override
        public Optional<Object> getOption() {
            return exists ? Optional.ofNullable(state) : Optional.empty();
        }

        @Override
        public void update(Object newState) {
            check(!removed, "Cannot update the state after it has been removed");
            check(!timingOut, "Cannot update the state that is timing out");
            state = newState;
            exists = true;
            updated = true;
        }

        @Override
        public void remove() {
            check(!timingOut, "Cannot remove the state that is timing out");
            check(!removed, "Cannot remove the state that has already been removed");
            state = null;
            exists = false;
            updated = false;
            removed = true;
        }

        @Override
        public boolean isTimingOut() {
            return timingOut;
        }

        private static void check(boolean allowed, String message) {
            if (!allowed) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
