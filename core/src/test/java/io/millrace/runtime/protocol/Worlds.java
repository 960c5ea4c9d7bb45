// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.Arrays;

/**
 * The worlds that were seen, in the order in which they were, each with the one it was reached from. A world is four numbers, kept
 * whole: no two worlds are ever taken for one.
 */
final class Worlds {

    private int[] numbers = new int[4 << 12];
    private int[] origins = new int[1 << 12];
    private int[] slots = new int[1 << 14];
    private int size;

    Worlds() {
        Arrays.fill(slots, -1);
    }

    int size() {
        return size;
    }

    int origin(int world) {
        return origins[world];
    }

    int[] world(int world) {
        return Arrays.copyOfRange(numbers, 4 * world, 4 * world + 4);
    }

    /** Whether it was not seen before. */
    boolean add(int[] world, int origin) {
        int slot = slot(world, 0);
        if (slots[slot] != -1) {
            return false;
        }
        if (size == origins.length) {
            numbers = Arrays.copyOf(numbers, numbers.length * 2);
            origins = Arrays.copyOf(origins, origins.length * 2);
        }
        System.arraycopy(world, 0, numbers, 4 * size, 4);
        origins[size] = origin;
        slots[slot] = size++;
        if (size > slots.length / 2) {
            grow();
        }
        return true;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        Arrays.fill(slots, -1);
        for (int world = 0; world < size; world++) {
            slots[slot(numbers, 4 * world)] = world;
        }
    }

    private int slot(int[] from, int at) {
        long low = ((long) from[at] << 32) | from[at + 1];
        long high = ((long) from[at + 2] << 32) | from[at + 3];
        int slot = (int) (PairTable.mix(PairTable.mix(low) ^ high) & (slots.length - 1));
        while (slots[slot] != -1 && !Arrays.equals(numbers, 4 * slots[slot], 4 * slots[slot] + 4, from, at, at + 4)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
