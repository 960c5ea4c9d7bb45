// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Combiner;
import io.millrace.operator.Fold;
import io.millrace.operator.PartitionContext;
import org.jspecify.annotations.Nullable;

/**
 * The values of two streams by key: one small object per key, whatever the number of its values. Used by one task.
 *
 * @param <K> keys
 */
final class SideGroups<K> {

    /** The values of one key, as {@link ValueLists} keeps them; {@link ValueLists#NONE} on a side without any. */
    static final class Sides {
        @Nullable
        Object left = ValueLists.NONE;

        @Nullable
        Object right = ValueLists.NONE;

        private Sides with(int side, @Nullable Object value) {
            if (side == 0) {
                left = ValueLists.with(left, value);
            } else {
                right = ValueLists.with(right, value);
            }
            return this;
        }
    }

    /** Puts values to the side they come from. */
    private static final class Filing implements Combiner<Object, Sides> {
        private int side;

        @Override
        public Sides create(Object value) {
            return new Sides().with(side, value);
        }

        @Override
        public Sides merge(Sides sides, Object value) {
            return sides.with(side, value);
        }

        @Override
        public Sides combine(Sides some, Sides others) {
            throw new UnsupportedOperationException("The values of two streams are not folded before they travel");
        }
    }

    private final Filing filing = new Filing();
    private final Fold<K, Object, Sides> groups;

    SideGroups(PartitionContext context) {
        this.groups = context.fold(filing);
    }

    /** A value of the left stream (0) or the right one (1). */
    void add(int side, K key, int hash, Object value) throws Exception {
        filing.side = side;
        groups.add(key, hash, value);
    }

    int size() {
        return groups.size();
    }

    K key(int entry) {
        return groups.key(entry);
    }

    Sides sides(int entry) {
        return groups.value(entry);
    }

    void clear() {
        groups.clear();
    }
}
