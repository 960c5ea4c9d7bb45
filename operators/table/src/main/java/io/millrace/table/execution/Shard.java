// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.StableHash;

/**
 * A partition of the engine as a key: what is sent under it goes there. The rows of a group go to the partition in which the engine looks for
 * the group's own key, so that its state is found by the key.
 *
 * @param number the partition, from 0
 * @param salt what makes the hash of this key that of the partition
 */
public record Shard(int number, int salt) {

    /** The partition, of {@code count}, in which keys with this stable hash live. */
    public static int of(int stableHash, int count) {
        return (stableHash & Integer.MAX_VALUE) % count;
    }

    /** All partitions of an engine that has {@code count}. */
    public static Shard[] all(int count) {
        Shard[] shards = new Shard[count];
        int found = 0;
        for (int salt = 0; found < count; salt++) {
            int number = of(StableHash.spread(salt), count);
            if (shards[number] == null) {
                shards[number] = new Shard(number, salt);
                found++;
            }
        }
        return shards;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shard that && number == that.number && salt == that.salt;
    }

    @Override
    public int hashCode() {
        return salt;
    }
}
