// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An open-addressing index of keys whose entries are numbered densely in order of insertion.
 *
 * <p>A slot holds the hash of a key and the number of its entry in one long, so that a probe touches nothing else until
 * the whole hash is equal. The place of a slot comes from the upper bits of the scrambled hash, so that keys chosen by
 * {@code hash % n}, as those of one partition are, spread as well as any. At most half of the slots are used.
 *
 * <p>Entries and slots are separate: an entry may be taken out of the index before its number is given away, and put in
 * at a number that is free. Used by one thread at a time.
 */
final class KeyTable {

    static final int MIN_CAPACITY = 16;

    private static final int MAX_CAPACITY = 1 << 29;
    private static final int SCRAMBLE = 0x9E3779B9;

    private @Nullable Object[] keys;
    private int[] hashes;
    private long[] slots;
    private int shift;
    private int bound;

    /** An empty table with room for at least so many entries. */
    KeyTable(int capacity) {
        int room = roundUp(capacity);
        keys = new Object[room];
        hashes = new int[room];
        slots = new long[2 * room];
        shift = Integer.numberOfLeadingZeros(slots.length) + 1;
    }

    /** The entry of a key, or -1. */
    int find(@Nullable Object key, int hash) {
        long[] places = slots;
        int mask = places.length - 1;
        int place = (hash * SCRAMBLE) >>> shift;
        while (true) {
            long slot = places[place & mask];
            if (slot == 0) {
                return -1;
            }
            if ((int) (slot >>> 32) == hash) {
                int entry = (int) slot - 1;
                if (isKey(key, keys[entry])) {
                    return entry;
                }
            }
            place++;
        }
    }

    /** What stands where a key with a hash is looked for first: to be read before it is. */
    long fetch(int hash) {
        long[] places = slots;
        return places[((hash * SCRAMBLE) >>> shift) & (places.length - 1)];
    }

    /** Adds a key that is not there, as the next entry. */
    int add(@Nullable Object key, int hash) {
        int entry = next();
        put(entry, key, hash);
        return entry;
    }

    /** Gives a key the next entry but leaves it out of the index, since somebody else finds it. */
    int append(@Nullable Object key, int hash) {
        int entry = next();
        keys[entry] = key;
        hashes[entry] = hash;
        return entry;
    }

    private int next() {
        int entry = bound;
        if (entry == keys.length) {
            resize(Math.multiplyExact(entry, 2));
        }
        bound = entry + 1;
        return entry;
    }

    /** Puts a key that is not there at an entry number below the bound that is free. */
    void put(int entry, @Nullable Object key, int hash) {
        keys[entry] = key;
        hashes[entry] = hash;
        index(slots, shift, ((long) hash << 32) | (entry + 1));
    }

    /** Takes an entry out of the index and lets its key go; its number is free then. */
    void remove(int entry) {
        int mask = slots.length - 1;
        int hole = ((hashes[entry] * SCRAMBLE) >>> shift) & mask;
        while ((int) slots[hole] != entry + 1) {
            hole = (hole + 1) & mask;
        }
        // Later slots of the same run move up, so that no probe ends at the hole before it has seen them.
        for (int place = (hole + 1) & mask; slots[place] != 0; place = (place + 1) & mask) {
            int home = ((int) (slots[place] >>> 32) * SCRAMBLE) >>> shift;
            if (((place - home) & mask) >= ((place - hole) & mask)) {
                slots[hole] = slots[place];
                hole = place;
            }
        }
        slots[hole] = 0;
        keys[entry] = null;
    }

    /** Lowers the bound; every entry from it on must have been removed. */
    void truncate(int newBound) {
        bound = newBound;
    }

    /** Forgets all keys, none of which may have been removed; costs what was used, not what there is room for. */
    void clear() {
        if (bound < slots.length >> 3) {
            int mask = slots.length - 1;
            for (int entry = 0; entry < bound; entry++) {
                // A run of slots is cleared from the home of any of its keys to its end.
                int place = (hashes[entry] * SCRAMBLE) >>> shift;
                while (slots[place] != 0) {
                    slots[place] = 0;
                    place = (place + 1) & mask;
                }
            }
        } else {
            Arrays.fill(slots, 0);
        }
        Arrays.fill(keys, 0, bound, null);
        bound = 0;
    }

    /** Changes the room for entries, to no less than the bound; entries keep their numbers. */
    void resize(int capacity) {
        int room = roundUp(Math.max(capacity, bound));
        if (room == keys.length) {
            return;
        }
        long[] newSlots = new long[2 * room];
        int newShift = Integer.numberOfLeadingZeros(newSlots.length) + 1;
        for (long slot : slots) {
            if (slot != 0) {
                index(newSlots, newShift, slot);
            }
        }
        keys = Arrays.copyOf(keys, room);
        hashes = Arrays.copyOf(hashes, room);
        slots = newSlots;
        shift = newShift;
    }

    /** One more than the greatest entry number given away. */
    int bound() {
        return bound;
    }

    /** How many entries there is room for. */
    int capacity() {
        return keys.length;
    }

    @Nullable
    Object key(int entry) {
        return keys[entry];
    }

    int hash(int entry) {
        return hashes[entry];
    }

    /** The bytes of the arrays, without the keys. */
    long bytes() {
        return 8L * keys.length + 8L * slots.length;
    }

    private static boolean isKey(@Nullable Object key, @Nullable Object other) {
        if (key == other) {
            return true;
        }
        return key instanceof String text ? text.equals(other) : key != null && key.equals(other);
    }

    private static void index(long[] slots, int shift, long slot) {
        int mask = slots.length - 1;
        int place = ((int) (slot >>> 32) * SCRAMBLE) >>> shift;
        while (slots[place] != 0) {
            place = (place + 1) & mask;
        }
        slots[place] = slot;
    }

    private static int roundUp(int capacity) {
        if (capacity > MAX_CAPACITY) {
            throw new IllegalStateException("a table holds at most " + MAX_CAPACITY + " keys");
        }
        return capacity <= MIN_CAPACITY ? MIN_CAPACITY : Integer.highestOneBit(capacity - 1) << 1;
    }
}
