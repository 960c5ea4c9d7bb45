// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All that a {@link StatefulProcessor} keeps for one key: entries by the name of their state, and timers. What stands in the engine's state is its bytes. */
final class KeyedValues {

    /** Stands for an entry that does not expire. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private static final byte[] NO_KEY = new byte[0];
    private static final int INTS_OF_ENTRY = 2;

    /**
     * One value.
     *
     * @param key under which it stands in a map; empty elsewhere
     * @param expiresAtMillis when it is no longer there
     */
    record Entry(byte[] key, byte[] value, long expiresAtMillis) {

        Entry(byte[] value, long expiresAtMillis) {
            this(NO_KEY, value, expiresAtMillis);
        }

        boolean isThere(long nowMillis) {
            return nowMillis < expiresAtMillis;
        }
    }

    private final Map<String, List<Entry>> states = new LinkedHashMap<>();
    private final TreeSet<Long> timers = new TreeSet<>();
    private boolean changed;

    /** The entries of a state; not to be changed. */
    List<Entry> entries(String name, long nowMillis) {
        return states.getOrDefault(name, List.of()).stream()
                .filter(entry -> entry.isThere(nowMillis))
                .toList();
    }

    /** Sets the entries of a state. */
    void set(String name, List<Entry> entries) {
        changed = true;
        if (entries.isEmpty()) {
            states.remove(name);
        } else {
            states.put(name, List.copyOf(entries));
        }
    }

    /** The timers; to be changed by {@link #addTimer} and {@link #removeTimer}. */
    List<Long> timers() {
        return List.copyOf(timers);
    }

    void addTimer(long atMillis) {
        changed |= timers.add(atMillis);
    }

    void removeTimer(long atMillis) {
        changed |= timers.remove(atMillis);
    }

    /** Forgets what has expired. */
    void expire(long nowMillis) {
        for (String name : List.copyOf(states.keySet())) {
            List<Entry> there = entries(name, nowMillis);
            if (there.size() < states.getOrDefault(name, List.of()).size()) {
                set(name, there);
            }
        }
    }

    boolean isEmpty() {
        return states.isEmpty() && timers.isEmpty();
    }

    /** Whether it is not what was read. */
    boolean isChanged() {
        return changed;
    }

    /** When there is something to do for it: the first timer, or the first entry that expires; {@link Long#MAX_VALUE} for never. */
    long dueAtMillis() {
        long due = timers.isEmpty() ? Long.MAX_VALUE : timers.first();
        for (List<Entry> entries : states.values()) {
            for (Entry entry : entries) {
                due = Math.min(due, entry.expiresAtMillis);
            }
        }
        return due;
    }

    byte[] toBytes() {
        List<byte[]> names = new ArrayList<>();
        int length = Integer.BYTES + Integer.BYTES + Math.multiplyExact(timers.size(), Long.BYTES);
        for (Map.Entry<String, List<Entry>> state : states.entrySet()) {
            byte[] name = state.getKey().getBytes(StandardCharsets.UTF_8);
            names.add(name);
            length = Math.addExact(length, INTS_OF_ENTRY * Integer.BYTES + name.length);
            for (Entry entry : state.getValue()) {
                int size = INTS_OF_ENTRY * Integer.BYTES + Long.BYTES + entry.key.length + entry.value.length;
                length = Math.addExact(length, size);
            }
        }
        ByteBuffer out = ByteBuffer.allocate(length).putInt(states.size());
        int number = 0;
        for (List<Entry> entries : states.values()) {
            byte[] name = names.get(number++);
            out.putInt(name.length).put(name).putInt(entries.size());
            for (Entry entry : entries) {
                out.putLong(entry.expiresAtMillis).putInt(entry.key.length).put(entry.key);
                out.putInt(entry.value.length).put(entry.value);
            }
        }
        out.putInt(timers.size());
        timers.forEach(out::putLong);
        return out.array();
    }

    static KeyedValues of(byte[] bytes) {
        KeyedValues values = new KeyedValues();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (int i = in.getInt(); i > 0; i--) {
            String name = new String(take(in), StandardCharsets.UTF_8);
            List<Entry> entries = new ArrayList<>();
            for (int k = in.getInt(); k > 0; k--) {
                long expires = in.getLong();
                byte[] key = take(in);
                entries.add(new Entry(key, take(in), expires));
            }
            values.states.put(name, List.copyOf(entries));
        }
        for (int i = in.getInt(); i > 0; i--) {
            values.timers.add(in.getLong());
        }
        return values;
    }

    private static byte[] take(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "KeyedValues[" + HexFormat.of().formatHex(toBytes()) + "]";
    }
}
