// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import java.nio.ByteBuffer;
import java.util.Random;
import scala.util.hashing.MurmurHash3$;

/** The generator that Spark draws from: Marsaglia's xorshift behind the interface of Java's. Not thread-safe. */
final class SparkRandom extends Random {

    private static final long serialVersionUID = 1L;

    private long state;

    SparkRandom(long seed) {
        super(seed);
        setSeed(seed);
    }

    @Override
    public synchronized void setSeed(long seed) {
        // hashed, so that seeds of few bits do not give numbers of few bits
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
        int low = MurmurHash3$.MODULE$.bytesHash(bytes, MurmurHash3$.MODULE$.arraySeed());
        int high = MurmurHash3$.MODULE$.bytesHash(bytes, low);
        state = ((long) high << 32) | (low & 0xFFFFFFFFL);
    }

    @Override
    protected int next(int bits) {
        long next = state ^ (state << 21);
        next ^= next >>> 35;
        next ^= next << 4;
        state = next;
        return (int) (next & ((1L << bits) - 1));
    }
}
