// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Running totals of words that never become strings: an open-addressing table with the key bytes in an arena.
 *
 * <p>A slot is four longs, so a look-up touches one cache line of the table: the first eight bytes of the word, its
 * hash and length, its place in the arena and the last batch that changed it, and its count. The arena is read only for
 * words of more than eight bytes. Words are what lies between bytes up to 0x20. Not thread-safe.
 */
final class ByteCounts {

    /** The bytes that must be readable after the end of a text given to {@link #count}. */
    static final int PADDING = Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int SLOT_LONGS = 4;
    private static final int HASH_AND_LENGTH = 1;
    private static final int PLACE_AND_BATCH = 2;
    private static final int COUNT = 3;
    private static final long LOW = 0xffffffffL;

    private long[] slots;
    private int capacity;
    private int size;
    private byte[] arena = new byte[1 << 16];
    private int arenaEnd;
    private int batch = 1;
    private int updated;
    private long words;

    ByteCounts() {
        capacity = 1 << 12;
        slots = new long[capacity * SLOT_LONGS];
    }

    /**
     * Counts the words of {@code text[from..to)} that end there, and answers where the unfinished one begins.
     */
    int count(byte[] text, int from, int to) {
        int start = from;
        int hash = 0;
        for (int i = from; i < to; i++) {
            int b = text[i] & 0xff;
            if (b > ' ') {
                hash = hash * 31 + b;
            } else {
                if (i > start) {
                    add(text, start, i - start, hash);
                }
                start = i + 1;
                hash = 0;
            }
        }
        return start;
    }

    private void add(byte[] text, int start, int length, int hash) {
        long prefix = prefix(text, start, length);
        long hashAndLength = ((long) hash << 32) | length;
        long[] table = slots;
        int mask = capacity - 1;
        int slot = spread(hash) & mask;
        words++;
        while (true) {
            int at = slot * SLOT_LONGS;
            long found = table[at + HASH_AND_LENGTH];
            if (found == hashAndLength
                    && table[at] == prefix
                    && (length <= Long.BYTES || sameRest(place(table[at + PLACE_AND_BATCH]), text, start, length))) {
                table[at + COUNT]++;
                touch(table, at);
                return;
            }
            if (found == 0) { // no word has length 0
                insert(at, prefix, hashAndLength, text, start, length);
                return;
            }
            slot = (slot + 1) & mask;
        }
    }

    private static int spread(int hash) {
        int product = hash * 0x9E3779B9;
        return product ^ (product >>> 15);
    }

    private static long prefix(byte[] text, int start, int length) {
        long bytes = (long) LONGS.get(text, start);
        return length >= Long.BYTES ? bytes : bytes & lowest(length);
    }

    /** A mask of so many bytes, fewer than eight. */
    private static long lowest(int bytes) {
        return (1L << (bytes * Byte.SIZE)) - 1;
    }

    private boolean sameRest(int place, byte[] text, int start, int length) {
        int i = Long.BYTES;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if ((long) LONGS.get(arena, place + i) != (long) LONGS.get(text, start + i)) {
                return false;
            }
        }
        long difference = (long) LONGS.get(arena, place + i) ^ (long) LONGS.get(text, start + i);
        return (difference & lowest(length - i)) == 0;
    }

    private static int place(long placeAndBatch) {
        return (int) (placeAndBatch >>> 32);
    }

    private void touch(long[] table, int at) {
        long placeAndBatch = table[at + PLACE_AND_BATCH];
        if ((int) placeAndBatch != batch) {
            table[at + PLACE_AND_BATCH] = (placeAndBatch & ~LOW) | batch;
            updated++;
        }
    }

    private void insert(int at, long prefix, long hashAndLength, byte[] text, int start, int length) {
        if (arenaEnd + length + PADDING > arena.length) {
            arena = Arrays.copyOf(arena, Math.max(Math.multiplyExact(arena.length, 2), arenaEnd + length + PADDING));
        }
        System.arraycopy(text, start, arena, arenaEnd, length);
        slots[at] = prefix;
        slots[at + HASH_AND_LENGTH] = hashAndLength;
        slots[at + PLACE_AND_BATCH] = ((long) arenaEnd << 32) | batch;
        slots[at + COUNT] = 1;
        arenaEnd += length;
        updated++;
        size++;
        if (size * 2 > capacity) {
            grow();
        }
    }

    private void grow() {
        long[] old = slots;
        capacity *= 2;
        slots = new long[Math.multiplyExact(capacity, SLOT_LONGS)];
        for (int at = 0; at < old.length; at += SLOT_LONGS) {
            if (old[at + HASH_AND_LENGTH] != 0) {
                System.arraycopy(old, at, slots, freeSlot((int) (old[at + HASH_AND_LENGTH] >>> 32)), SLOT_LONGS);
            }
        }
    }

    private int freeSlot(int hash) {
        int slot = spread(hash) & (capacity - 1);
        while (slots[slot * SLOT_LONGS + HASH_AND_LENGTH] != 0) {
            slot = (slot + 1) & (capacity - 1);
        }
        return slot * SLOT_LONGS;
    }

    /** The words counted so far. */
    long words() {
        return words;
    }

    /** Ends the batch and answers how many totals it changed. */
    int endBatch() {
        int changed = updated;
        updated = 0;
        batch++;
        return changed;
    }

    /** Tells the tally every total. */
    void tally(Tally tally) {
        for (int at = 0; at < slots.length; at += SLOT_LONGS) {
            int length = (int) slots[at + HASH_AND_LENGTH];
            if (length != 0) {
                tally.add(arena, place(slots[at + PLACE_AND_BATCH]), length, slots[at + COUNT]);
            }
        }
    }
}
