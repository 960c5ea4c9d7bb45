// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/** Remembers a function of two numbers from 0, with open addressing and without objects. */
final class PairTable {

    private final IntBinaryOperator function;
    private long[] keys = new long[1 << 10];
    private int[] values = new int[1 << 10];
    private int size;

    PairTable(IntBinaryOperator function) {
        this.function = function;
        Arrays.fill(keys, -1);
    }

    int of(int left, int right) {
        long key = ((long) left << 32) | right;
        int slot = slot(key);
        if (keys[slot] == key) {
            return values[slot];
        }
        int value = function.applyAsInt(left, right);
        if (++size > keys.length / 2) {
            grow();
        }
        int free = slot(key);
        keys[free] = key;
        values[free] = value;
        return value;
    }

    private int slot(long key) {
        int slot = (int) (mix(key) & (keys.length - 1));
        while (keys[slot] != -1 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        Arrays.fill(keys, -1);
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldKeys[old] != -1) {
                int slot = slot(oldKeys[old]);
                keys[slot] = oldKeys[old];
                values[slot] = oldValues[old];
            }
        }
    }

    /** Spreads a number over all bits. */
    static long mix(long key) {
        long mixed = (key ^ (key >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
