// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code SELECT} over the rows of one table, as it was written.
 *
 * @param items what is selected, in order
 * @param where the condition, or null if there is none
 */
record SqlStatement(List<Item> items, @Nullable SqlNode where) {

    /** {@code node} and its alias, or null if it has none; without a node it is {@code *}. */
    record Item(@Nullable SqlNode node, @Nullable String alias) {

        static final Item ALL = new Item(null, null);
    }
}
