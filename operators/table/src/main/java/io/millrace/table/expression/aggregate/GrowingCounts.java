// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Growing;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often each value came, while they come. Generated code calls the methods. */
public final class GrowingCounts implements Growing {

    private final Map<ValueKey, Long> counts = new LinkedHashMap<>();

    private GrowingCounts(@Nullable Object held) {
        addAll(held);
    }

    /** What is held with one more value; nulls are left out. */
    public static Object update(@Nullable Object held, @Nullable Object value) {
        GrowingCounts counts = of(held);
        if (value != null) {
            counts.counts.merge(new ValueKey(value instanceof Utf8 text ? text.owned() : value), 1L, Long::sum);
        }
        return counts;
    }

    /** What is held with the counts of another. */
    public static Object merge(@Nullable Object held, @Nullable Object other) {
        GrowingCounts counts = of(held);
        counts.addAll(other);
        return counts;
    }

    @Override
    public Object toValue() {
        return new MapValue(
                counts.keySet().stream().map(ValueKey::value).toArray(),
                counts.values().toArray());
    }

    private void addAll(@Nullable Object map) {
        if (map instanceof MapValue entries) {
            for (int i = 0; i < entries.size(); i++) {
                Object count = entries.values()[i];
                if (count != null) {
                    counts.merge(new ValueKey(entries.keys()[i]), (Long) count, Long::sum);
                }
            }
        }
    }

    private static GrowingCounts of(@Nullable Object held) {
        return held instanceof GrowingCounts counts ? counts : new GrowingCounts(held);
    }
}
