// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

/** Murmur3 of 32 bits as Spark computes it: bytes behind the last whole word are mixed one by one, with their sign. */
final class Murmur3 {

    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private Murmur3() {}

    static int ofInt(int value, int seed) {
        return finish(mix(seed, value), 4);
    }

    static int ofLong(long value, int seed) {
        return finish(mix(mix(seed, (int) value), (int) (value >>> 32)), 8);
    }

    static int ofBytes(byte[] bytes, int start, int length, int seed) {
        int hash = seed;
        int aligned = length - length % 4;
        for (int i = start; i < start + aligned; i += 4) {
            hash = mix(
                    hash,
                    (bytes[i] & 0xff)
                            | (bytes[i + 1] & 0xff) << 8
                            | (bytes[i + 2] & 0xff) << 16
                            | (bytes[i + 3] & 0xff) << 24);
        }
        for (int i = start + aligned; i < start + length; i++) {
            hash = mix(hash, bytes[i]);
        }
        return finish(hash, length);
    }

    private static int mix(int hash, int word) {
        int mixed = Integer.rotateLeft(word * C1, 15) * C2;
        return Integer.rotateLeft(hash ^ mixed, 13) * 5 + 0xe6546b64;
    }

    private static int finish(int hash, int length) {
        int h = hash ^ length;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
