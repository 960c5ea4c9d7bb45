// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Growing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of {@code collect_list} while they come. Generated code calls the methods. */
public final class GrowingList implements Growing {

    private final List<Object> values;

    private GrowingList(@Nullable Object held) {
        values = held == null ? new ArrayList<>() : new ArrayList<>(Arrays.asList((Object[]) held));
    }

    /** What is held with one more value; nulls are left out. */
    public static Object update(@Nullable Object held, @Nullable Object value) {
        GrowingList list = of(held);
        if (value != null) {
            list.values.add(value instanceof Utf8 text ? text.owned() : value);
        }
        return list;
    }

    /** What is held with the values of another. */
    public static Object merge(@Nullable Object held, @Nullable Object other) {
        GrowingList list = of(held);
        if (other != null) {
            list.values.addAll(Arrays.asList((Object[]) other));
        }
        return list;
    }

    @Override
    public Object toValue() {
        return values.toArray();
    }

    private static GrowingList of(@Nullable Object held) {
        return held instanceof GrowingList list ? list : new GrowingList(held);
    }
}
