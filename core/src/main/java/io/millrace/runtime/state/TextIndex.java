// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;

/**
 * An open-addressing index of short texts that holds the texts themselves, so that finding one touches one cache line
 * and no object.
 *
 * <p>A text of at most twelve characters of ISO 8859-1 is kept whole in two longs: its first eight characters, and its other four
 * with its length and the number of its entry. Other texts are not for this index. At most half of the slots are used. Used by one
 * thread at a time.
 */
final class TextIndex {

    /** What {@link #find} answers for a text that this index does not hold by its nature. */
    static final int NOT_SHORT = -2;

    /** How many texts can be noted. */
    static final int NOTED = 64;

    private static final int MOST_CHARACTERS = 12;
    private static final int ENTRY_BITS = 28;
    private static final long ENTRY_MASK = (1L << ENTRY_BITS) - 1;
    private static final long SCRAMBLE = 0x9E3779B97F4A7C15L;
    private static final int MIN_SLOTS = 32;

    private long[] slots = new long[2 * MIN_SLOTS];
    private int[] used = new int[MIN_SLOTS / 2];
    private int shift = Long.numberOfLeadingZeros(MIN_SLOTS) + 1;
    private int size;
    private long head;
    private long tail;
    private int hole;
    private final long[] heads = new long[NOTED];
    private final long[] tails = new long[NOTED];
    private long fetched;

    /** The entry of a text, -1 if it is not there, or {@link #NOT_SHORT}. */
    int find(String text) {
        return pack(text) ? find(head, tail) : NOT_SHORT;
    }

    /** Notes a text for {@link #findNoted}; false if it is not short. */
    boolean note(int place, String text) {
        if (!pack(text)) {
            return false;
        }
        heads[place] = head;
        tails[place] = tail;
        return true;
    }

    /**
     * Fetches the slots of the first texts noted. One text found after the other waits for the memory once per text; fetched together
     * they wait about once in all.
     */
    void fetch(int count) {
        long[] places = slots;
        long seen = 0;
        for (int i = 0; i < count; i++) {
            seen |= places[home(heads[i], tails[i], shift) + 1];
        }
        fetched = seen;
    }

    /** The entry of a text that was noted, or -1. */
    int findNoted(int place) {
        return find(heads[place], tails[place]);
    }

    private boolean pack(String text) {
        int length = text.length();
        if (length > MOST_CHARACTERS) {
            return false;
        }
        long first = 0;
        long rest = length;
        int wide = 0;
        int eight = Math.min(length, 8);
        for (int i = 0; i < eight; i++) {
            char c = text.charAt(i);
            wide |= c;
            first |= (long) c << (i << 3);
        }
        for (int i = 8; i < length; i++) {
            char c = text.charAt(i);
            wide |= c;
            rest |= (long) c << (4 + ((i - 8) << 3));
        }
        head = first;
        tail = rest;
        return wide <= 0xFF;
    }

    private int find(long first, long rest) {
        long[] places = slots;
        int mask = places.length - 2;
        int place = home(first, rest, shift);
        while (true) {
            long slot = places[place + 1];
            if (slot == 0) {
                head = first;
                tail = rest;
                hole = place;
                return -1;
            }
            if (slot >>> ENTRY_BITS == rest && places[place] == first) {
                return (int) (slot & ENTRY_MASK) - 1;
            }
            place = (place + 2) & mask;
        }
    }

    /** Adds the text that was just not found, under this entry number. */
    void addMissing(int entry) {
        if (entry >= ENTRY_MASK) {
            throw new IllegalStateException("an index of texts holds at most " + ENTRY_MASK + " entries");
        }
        slots[hole] = head;
        slots[hole + 1] = (tail << ENTRY_BITS) | (entry + 1);
        used[size++] = hole;
        if (size == used.length) {
            grow();
        }
    }

    /** Something that depends on every slot that was fetched, so that fetching cannot be optimised away. */
    long fetched() {
        return fetched;
    }

    /** Forgets all texts; costs what was used. */
    void clear() {
        if (size > slots.length >> 5) {
            Arrays.fill(slots, 0);
        } else {
            for (int i = 0; i < size; i++) {
                slots[used[i] + 1] = 0;
            }
        }
        size = 0;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        used = Arrays.copyOf(used, 2 * used.length);
        shift--;
        int mask = slots.length - 2;
        for (int i = 0; i < size; i++) {
            long first = old[used[i]];
            long slot = old[used[i] + 1];
            int place = home(first, slot >>> ENTRY_BITS, shift);
            while (slots[place + 1] != 0) {
                place = (place + 2) & mask;
            }
            slots[place] = first;
            slots[place + 1] = slot;
            used[i] = place;
        }
    }

    private static int home(long first, long rest, int shift) {
        return (int) (((first ^ rest * SCRAMBLE) * SCRAMBLE) >>> shift) << 1;
    }
}
