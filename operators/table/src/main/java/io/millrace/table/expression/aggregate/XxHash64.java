// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

/** The hash function XXH64. */
final class XxHash64 {

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private XxHash64() {}

    static long ofInt(int value, long seed) {
        long hash = seed + P5 + 4;
        hash ^= (value & 0xFFFFFFFFL) * P1;
        hash = Long.rotateLeft(hash, 23) * P2 + P3;
        return mixed(hash);
    }

    static long ofLong(long value, long seed) {
        long hash = seed + P5 + 8;
        hash ^= Long.rotateLeft(value * P2, 31) * P1;
        hash = Long.rotateLeft(hash, 27) * P1 + P4;
        return mixed(hash);
    }

    static long ofBytes(byte[] bytes, int start, int length, long seed) {
        int position = start;
        int end = start + length;
        long hash;
        if (length >= 32) {
            long a = seed + P1 + P2;
            long b = seed + P2;
            long c = seed;
            long d = seed - P1;
            for (; position <= end - 32; position += 32) {
                a = round(a, eight(bytes, position));
                b = round(b, eight(bytes, position + 8));
                c = round(c, eight(bytes, position + 16));
                d = round(d, eight(bytes, position + 24));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = (hash ^ round(0, a)) * P1 + P4;
            hash = (hash ^ round(0, b)) * P1 + P4;
            hash = (hash ^ round(0, c)) * P1 + P4;
            hash = (hash ^ round(0, d)) * P1 + P4;
        } else {
            hash = seed + P5;
        }
        hash += length;
        for (; position <= end - 8; position += 8) {
            hash ^= round(0, eight(bytes, position));
            hash = Long.rotateLeft(hash, 27) * P1 + P4;
        }
        if (position <= end - 4) {
            hash ^= four(bytes, position) * P1;
            hash = Long.rotateLeft(hash, 23) * P2 + P3;
            position += 4;
        }
        for (; position < end; position++) {
            hash ^= (bytes[position] & 0xFFL) * P5;
            hash = Long.rotateLeft(hash, 11) * P1;
        }
        return mixed(hash);
    }

    private static long round(long sum, long value) {
        return Long.rotateLeft(sum + value * P2, 31) * P1;
    }

    private static long eight(byte[] bytes, int position) {
        return four(bytes, position) | (four(bytes, position + 4) << 32);
    }

    private static long four(byte[] bytes, int position) {
        return (bytes[position] & 0xFFL)
                | ((bytes[position + 1] & 0xFFL) << 8)
                | ((bytes[position + 2] & 0xFFL) << 16)
                | ((bytes[position + 3] & 0xFFL) << 24);
    }

    private static long mixed(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * P2;
        mixed = (mixed ^ (mixed >>> 29)) * P3;
        return mixed ^ (mixed >>> 32);
    }
}
