// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.StableHash;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The key of a group in the state: the values of its columns as bytes, and their hash.
 *
 * @param hash the hash of the values, of {@link io.millrace.table.data.ValueHash}
 * @param bytes what {@link io.millrace.table.data.RowBytes} writes of them; never changed
 */
public record GroupKey(int hash, byte[] bytes) {

    /** The hash under which the engine keeps the key. */
    public int stableHash() {
        return StableHash.spread(hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GroupKey that && hash == that.hash && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "GroupKey[" + HexFormat.of().formatHex(bytes) + "]";
    }
}
