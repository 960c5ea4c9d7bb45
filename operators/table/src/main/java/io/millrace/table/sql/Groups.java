// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rows are grouped by.
 *
 * @param keys all keys
 * @param sets by which of the keys, each set on its own; null for all keys at once
 */
record Groups(List<Ast> keys, @Nullable List<List<Ast>> sets) {

    /** All rows as one group. */
    static final Groups ALL = by(List.of());

    Groups {
        keys = List.copyOf(keys);
    }

    static Groups by(List<Ast> keys) {
        return new Groups(keys, null);
    }
}
