// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes of slices of bytes, eight bytes at a time; the same in every process. */
final class ByteHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SCRAMBLE = 0x9E3779B97F4A7C15L;

    private ByteHash() {}

    /** The hash of a slice. */
    static int of(byte[] bytes, int start, int length) {
        long hash = length;
        int at = start;
        int left = length;
        for (; left > Long.BYTES; left -= Long.BYTES, at += Long.BYTES) {
            hash = mixed(hash, (long) LONGS.get(bytes, at));
        }
        hash = mixed(hash, upToEight(bytes, at, left));
        return (int) (hash ^ (hash >>> 32));
    }

    private static long mixed(long hash, long word) {
        long product = (hash ^ word) * SCRAMBLE;
        return product ^ (product >>> 29);
    }

    /** At most eight bytes as a number, the first lowest; zeros stand for those that are not there. */
    static long upToEight(byte[] bytes, int start, int length) {
        if (start + Long.BYTES <= bytes.length) {
            long word = (long) LONGS.get(bytes, start);
            return length >= Long.BYTES ? word : word & ((1L << (length << 3)) - 1);
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (bytes[start + i] & 0xFFL) << (i << 3);
        }
        return word;
    }
}
