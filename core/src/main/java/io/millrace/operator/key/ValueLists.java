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

    /** The values that {@code folded} stands for. */
    @SuppressWarnings("unchecked")
    static <V> List<V> list(@Nullable Object folded) {
        if (folded instanceof Several several) {
            return (List<V>) Collections.unmodifiableList(several);
        }
        return (List<V>) Collections.singletonList(folded);
    }
}
