// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.util.Arrays;

/**
 * Numbers different strings or binaries, from 0 in the order in which they come. For one thread.
 *
 * <p>An open-addressing table of two longs per place. A string of at most twelve bytes stands there whole: its first eight bytes in one
 * long; the others, its length and its number in the other. So finding one touches one cache line. Of a longer one, the first eight bytes
 * and the hash stand there, and its bytes are compared where they are kept. At most half of the places are used.
 */
final class TextIndex {

    private static final int SHORT = 12;
    private static final int LONG_TEXT = 13;
    private static final int LENGTH_MASK = 15;
    private static final int TOGETHER = 64;
    private static final int NUMBER_BITS = 28;
    private static final long NUMBER_MASK = (1L << NUMBER_BITS) - 1;
    private static final int FIRST_PLACES = 64;

    private final Utf8Builder texts;
    private long[] places = new long[2 * FIRST_PLACES];
    private int[] hashes = new int[FIRST_PLACES / 2];
    private int shift = Integer.numberOfLeadingZeros(FIRST_PLACES) + 1;
    private int nullNumber = -1;
    private long fetched;

    /** Keeps the bytes of the strings in a builder that is empty. */
    TextIndex(Utf8Builder texts) {
        this.texts = texts;
    }

    /**
     * The number of each entry of a column; those that were not there get the next ones.
     *
     * <p>One string found after the other waits for the memory once per string, so the places of some are fetched together first.
     */
    void assign(Utf8Column column, int[] hashOfRow, int rows, int[] numbers) {
        boolean[] nulls = column.nulls();
        long[] heads = new long[TOGETHER];
        long[] tails = new long[TOGETHER];
        for (int from = 0; from < rows; from += TOGETHER) {
            int to = Math.min(rows, from + TOGETHER);
            fetched = fetch(column, hashOfRow, from, to, heads, tails);
            for (int row = from; row < to; row++) {
                numbers[row] = nulls != null && nulls[row]
                        ? numberOfNull(hashOfRow[row])
                        : number(column, row, hashOfRow[row], heads[row - from], tails[row - from]);
            }
        }
    }

    private long fetch(Utf8Column column, int[] hashOfRow, int from, int to, long[] heads, long[] tails) {
        byte[] bytes = column.bytes();
        int[] starts = column.starts();
        int[] lengths = column.lengths();
        long[] table = places;
        long seen = 0;
        for (int row = from; row < to; row++) {
            int hash = hashOfRow[row];
            heads[row - from] = ByteHash.upToEight(bytes, starts[row], lengths[row]);
            tails[row - from] = tail(bytes, starts[row], lengths[row], hash);
            seen ^= table[((hash >>> shift) << 1) + 1];
        }
        return seen;
    }

    private int numberOfNull(int hash) {
        if (nullNumber < 0) {
            nullNumber = texts.size();
            noteHash(nullNumber, hash);
            texts.appendNull();
        }
        return nullNumber;
    }

    private int number(Utf8Column column, int row, int hash, long head, long tail) {
        long[] table = places;
        int mask = table.length - 2;
        int place = (hash >>> shift) << 1;
        while (true) {
            long rest = table[place + 1];
            if (rest == 0) {
                return add(place, head, tail, column, row, hash);
            }
            if (rest >>> NUMBER_BITS == tail && table[place] == head) {
                int number = (int) (rest & NUMBER_MASK) - 1;
                if ((tail & LENGTH_MASK) != LONG_TEXT
                        || texts.isAt(number, column.bytes(), column.starts()[row], column.lengths()[row])) {
                    return number;
                }
            }
            place = (place + 2) & mask;
        }
    }

    private static long tail(byte[] bytes, int start, int length, int hash) {
        if (length <= Long.BYTES) {
            return length;
        }
        if (length <= SHORT) {
            return length | (ByteHash.upToEight(bytes, start + Long.BYTES, length - Long.BYTES) << 4);
        }
        return LONG_TEXT | ((hash & 0xFFFFFFFFL) << 4);
    }

    private int add(int place, long head, long tail, Utf8Column column, int row, int hash) {
        int number = texts.size();
        if (number >= NUMBER_MASK - 1) {
            throw new IllegalStateException("at most " + (NUMBER_MASK - 1) + " different keys can come in one batch");
        }
        places[place] = head;
        places[place + 1] = (tail << NUMBER_BITS) | (number + 1);
        noteHash(number, hash);
        texts.appendBytes(column.bytes(), column.starts()[row], column.lengths()[row]);
        if (4 * (number + 1) > places.length) {
            grow();
        }
        return number;
    }

    private void noteHash(int number, int hash) {
        if (number == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * number);
        }
        hashes[number] = hash;
    }

    private void grow() {
        long[] old = places;
        long[] table = new long[2 * old.length];
        shift--;
        int mask = table.length - 2;
        for (int from = 0; from < old.length; from += 2) {
            long rest = old[from + 1];
            if (rest != 0) {
                int place = (hashes[(int) (rest & NUMBER_MASK) - 1] >>> shift) << 1;
                while (table[place + 1] != 0) {
                    place = (place + 2) & mask;
                }
                table[place] = old[from];
                table[place + 1] = rest;
            }
        }
        places = table;
    }

    /** Something that depends on every place that was fetched, so that fetching cannot be left out by the compiler. */
    long fetched() {
        return fetched;
    }
}
