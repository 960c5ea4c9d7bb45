// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Growing;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of {@code collect_set} while they come. Generated code calls the methods. */
public final class GrowingSet implements Growing {

    private final Set<ValueKey> values = new LinkedHashSet<>();

    private GrowingSet(@Nullable Object held) {
        addAll(held);
    }

    /** What is held with one more value; nulls are left out. */
    public static Object update(@Nullable Object held, @Nullable Object value) {
        GrowingSet set = of(held);
        if (value != null) {
            set.values.add(ValueKey.member(value instanceof Utf8 text ? text.owned() : value));
        }
        return set;
    }

    /** What is held with the values of another. */
    public static Object merge(@Nullable Object held, @Nullable Object other) {
        GrowingSet set = of(held);
        set.addAll(other);
        return set;
    }

    @Override
    public Object toValue() {
        return values.stream().map(ValueKey::value).toArray();
    }

    private void addAll(@Nullable Object array) {
        if (array != null) {
            for (Object value : (Object[]) array) {
                values.add(ValueKey.member(value));
            }
        }
    }

    private static GrowingSet of(@Nullable Object held) {
        return held instanceof GrowingSet set ? set : new GrowingSet(held);
    }
}
