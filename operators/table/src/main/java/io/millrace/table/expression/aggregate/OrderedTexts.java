// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.data.Utf8;
import io.millrace.table.data.ValueOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts texts together in the order of keys that are kept with each: rows of a text and its keys. Immutable. Generated code calls the methods. */
public final class OrderedTexts {

    private final JoinedTexts joined;
    private final boolean[] descending;
    private final boolean[] nullsFirst;

    OrderedTexts(Object separator, List<WithinGroup.Key> keys) {
        this.joined = new JoinedTexts(separator);
        this.descending = new boolean[keys.size()];
        this.nullsFirst = new boolean[keys.size()];
        for (int i = 0; i < keys.size(); i++) {
            descending[i] = keys.get(i).descending();
            nullsFirst[i] = keys.get(i).nullsFirst();
        }
    }

    /** All texts; null if there is none. */
    public @Nullable Utf8 text(Object[] rows) {
        return joined.text(sorted(rows));
    }

    /** All bytes; null if there are none. */
    public byte @Nullable [] bytes(Object[] rows) {
        return joined.bytes(sorted(rows));
    }

    private Object[] sorted(Object[] rows) {
        Object[] order = rows.clone();
        Arrays.sort(order, (left, right) -> compare((Object[]) left, (Object[]) right));
        return Arrays.stream(order).map(row -> ((Object[]) row)[0]).toArray();
    }

    private int compare(Object[] left, Object[] right) {
        for (int i = 0; i < descending.length; i++) {
            Object mine = left[i + 1];
            Object theirs = right[i + 1];
            int order = mine == null || theirs == null
                    ? (nullsFirst[i] ? 1 : -1) * ValueOrder.compare(mine, theirs)
                    : (descending[i] ? -1 : 1) * ValueOrder.compare(mine, theirs);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
