// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;

/**
 * A number for every row, in chunks: so that many rows need neither be copied as they become more nor take arrays too large for a
 * region. Numbers take two bytes each until one comes that needs more.
 */
final class RowNumbers {

    private static final int FIRST_ROOM = 16;
    private static final int CHUNK_BITS = 13;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int MOST_NARROW = Character.MAX_VALUE;

    /** The first chunks, of two bytes a number; those from {@link #wideFrom} on are in {@code wide}, by the same index. */
    private char[][] narrow = new char[1][];

    private int[][] wide = new int[0][];

    /** The row from which on numbers are wide, the first of a chunk. */
    private int wideFrom = Integer.MAX_VALUE;

    /** The chunk that is being filled. */
    private char[] chunk;

    private int[] wideChunk = new int[0];
    private int rows;

    /** No rows, and room for so many. */
    RowNumbers(int room) {
        chunk = new char[Math.min(CHUNK, Math.max(FIRST_ROOM, room))];
        narrow[0] = chunk;
    }

    int size() {
        return rows;
    }

    int get(int row) {
        return row < wideFrom
                ? narrow[row >> CHUNK_BITS][row & (CHUNK - 1)]
                : wide[row >> CHUNK_BITS][row & (CHUNK - 1)];
    }

    void add(int number) {
        int row = rows;
        if (row >= wideFrom || number > MOST_NARROW) {
            addWide(number);
            return;
        }
        int place = row & (CHUNK - 1);
        if (place == chunk.length || (place == 0 && row > 0)) {
            makeRoom(row);
        }
        chunk[place] = (char) number;
        rows = row + 1;
    }

    private void makeRoom(int row) {
        int last = row >> CHUNK_BITS;
        if (chunk.length < CHUNK) {
            chunk = Arrays.copyOf(chunk, Math.min(CHUNK, 2 * chunk.length));
        } else {
            Math.addExact(row, 1);
            chunk = new char[CHUNK];
            if (last == narrow.length) {
                narrow = Arrays.copyOf(narrow, 2 * last);
            }
        }
        narrow[last] = chunk;
    }

    private void addWide(int number) {
        int place = rows & (CHUNK - 1);
        int index = rows >> CHUNK_BITS;
        if (rows < wideFrom) {
            wideFrom = rows - place;
            wide = new int[Math.max(FIRST_ROOM, 2 * index)][];
            wideChunk = new int[CHUNK];
            wide[index] = wideChunk;
            for (int i = 0; i < place; i++) {
                wideChunk[i] = chunk[i];
            }
            chunk = new char[0];
            Arrays.fill(narrow, index, narrow.length, chunk);
        } else if (place == 0) {
            Math.addExact(rows, 1);
            if (index == wide.length) {
                wide = Arrays.copyOf(wide, 2 * index);
            }
            wideChunk = new int[CHUNK];
            wide[index] = wideChunk;
        }
        wideChunk[place] = number;
        rows++;
    }

    /** Copies the numbers of some rows to the beginning of an array. */
    void copy(int from, int[] to, int count) {
        int done = 0;
        while (done < count) {
            int row = from + done;
            int first = row & (CHUNK - 1);
            int some = Math.min(count - done, CHUNK - first);
            if (row < wideFrom) {
                char[] source = narrow[row >> CHUNK_BITS];
                for (int i = 0; i < some; i++) {
                    to[done + i] = source[first + i];
                }
            } else {
                System.arraycopy(wide[row >> CHUNK_BITS], first, to, done, some);
            }
            done += some;
        }
    }

    /**
     * Counts rows by their number.
     *
     * @param from the first row
     * @param to one more than the last row
     * @param counts to which the rows are added
     * @param fresh takes the numbers that had a count of 0 before, in the order in which they came
     */
    void count(int from, int to, int[] counts, IntStack fresh) {
        for (int next = from; next < to; ) {
            int first = next & (CHUNK - 1);
            int end = Math.min(CHUNK, first + to - next);
            if (next < wideFrom) {
                count(narrow[next >> CHUNK_BITS], first, end, counts, fresh);
            } else {
                count(wide[next >> CHUNK_BITS], first, end, counts, fresh);
            }
            next += end - first;
        }
    }

    private static void count(char[] numbers, int first, int end, int[] counts, IntStack fresh) {
        for (int i = first; i < end; i++) {
            if (counts[numbers[i]]++ == 0) {
                fresh.push(numbers[i]);
            }
        }
    }

    private static void count(int[] numbers, int first, int end, int[] counts, IntStack fresh) {
        for (int i = first; i < end; i++) {
            if (counts[numbers[i]]++ == 0) {
                fresh.push(numbers[i]);
            }
        }
    }
}
