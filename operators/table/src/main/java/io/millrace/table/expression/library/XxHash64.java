// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** XXH64. */
final class XxHash64 {

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private XxHash64() {}

    static long ofInt(int value, long seed) {
        return finish(withInt(seed + P5 + 4, value));
    }

    static long ofLong(long value, long seed) {
        return finish(withLong(seed + P5 + 8, value));
    }

    static long ofBytes(byte[] bytes, int start, int length, long seed) {
        int at = start;
        int end = start + length;
        long hash;
        if (length >= 32) {
            long v1 = seed + P1 + P2;
            long v2 = seed + P2;
            long v3 = seed;
            long v4 = seed - P1;
            for (; at <= end - 32; at += 32) {
                v1 = round(v1, (long) LONGS.get(bytes, at));
                v2 = round(v2, (long) LONGS.get(bytes, at + 8));
                v3 = round(v3, (long) LONGS.get(bytes, at + 16));
                v4 = round(v4, (long) LONGS.get(bytes, at + 24));
            }
            hash = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12) + Long.rotateLeft(v4, 18);
            for (long lane : new long[] {v1, v2, v3, v4}) {
                hash = (hash ^ round(0, lane)) * P1 + P4;
            }
        } else {
            hash = seed + P5;
        }
        hash += length;
        for (; at <= end - 8; at += 8) {
            hash = withLong(hash, (long) LONGS.get(bytes, at));
        }
        if (at <= end - 4) {
            hash = withInt(hash, (int) INTS.get(bytes, at));
            at += 4;
        }
        for (; at < end; at++) {
            hash = Long.rotateLeft(hash ^ (bytes[at] & 0xff) * P5, 11) * P1;
        }
        return finish(hash);
    }

    private static long round(long lane, long word) {
        return Long.rotateLeft(lane + word * P2, 31) * P1;
    }

    private static long withLong(long hash, long word) {
        return Long.rotateLeft(hash ^ round(0, word), 27) * P1 + P4;
    }

    private static long withInt(long hash, int word) {
        return Long.rotateLeft(hash ^ (word & 0xffffffffL) * P1, 23) * P2 + P3;
    }

    private static long finish(long hash) {
        long h = (hash ^ (hash >>> 33)) * P2;
        h = (h ^ (h >>> 29)) * P3;
        return h ^ (h >>> 32);
    }
}
