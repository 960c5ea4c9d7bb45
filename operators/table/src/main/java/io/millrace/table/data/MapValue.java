// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import org.jspecify.annotations.Nullable;

/**
 * A map, in the order in which its entries were put.
 *
 * @param keys the keys, boxed
 * @param values the values, boxed
 */
public record MapValue(Object[] keys, @Nullable Object[] values) {

    /** How many entries there are. */
    public int size() {
        return keys.length;
    }
}
