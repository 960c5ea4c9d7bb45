// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Combiner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of a key. A single value stands for itself, which is the common case; only a second one makes a
 * list.
 */
final class ValueLists implements Combiner<Object, Object> {

    static final ValueLists INSTANCE = new ValueLists();

    /** Stands for no value at all. */
    static final Object NONE = new Object();

    private ValueLists() {}

    /** Two or more values. */
    private static final class Several extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Object create(Object value) {
        return value;
    }

    @Override
    public Object merge(Object folded, Object value) {
        if (folded instanceof Several several) {
            several.add(value);
            return several;
        }
        Several several = new Several();
        several.add(folded);
        several.add(value);
        return several;
    }

    @Override
    public Object combine(Object left, Object right) {
        return merge(left, right);
    }

    /** One more value than {@code folded} stands for, which may be {@link #NONE}. */
    @SuppressWarnings("NullAway") // values may be null if the user's are
    static @Nullable Object with(@Nullable Object folded, @Nullable Object value) {
        return folded == NONE ? value : INSTANCE.merge(folded, value);
    }

    /** How many values {@code folded} stands for. */
    static int size(@Nullable Object folded) {
        return folded == NONE ? 0 : folded instanceof Several several ? several.size() : 1;
    }

    /** One of the values that {@code folded} stands for, in order of arrival from 0. */
    static @Nullable Object at(@Nullable Object folded, int index) {
        return folded instanceof Several several ? several.get(index) : folded;
    }

    /** The values that {@code folded} stands for. */
    @SuppressWarnings("unchecked")
    static <V> List<V> list(@Nullable Object folded) {
        if (folded == NONE) {
            return List.of();
        }
        if (folded instanceof Several several) {
            return (List<V>) Collections.unmodifiableList(several);
        }
        return (List<V>) Collections.singletonList(folded);
    }
}
