// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.MapValue;
import io.millrace.table.data.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The entries of a map that is being made. */
final class MapEntries {

    private final Set<Object> seen = new TreeSet<>((a, b) -> ValueOrder.compare(a, b));
    private final List<Object> keys;
    private final List<@Nullable Object> values;

    MapEntries(int expected) {
        keys = new ArrayList<>(expected);
        values = new ArrayList<>(expected);
    }

    void put(@Nullable Object key, @Nullable Object value) {
        if (key == null) {
            throw new QueryExecutionException("NULL_MAP_KEY", "Cannot use null as map key.");
        }
        if (!seen.add(key)) {
            throw new QueryExecutionException(
                    "DUPLICATED_MAP_KEY", "Duplicate map key " + key + " was found, please check the input data.");
        }
        keys.add(key);
        values.add(value);
    }

    /** As {@link #put}, but of several values of a key the last counts. */
    void replace(Object key, @Nullable Object value) {
        if (seen.add(key)) {
            keys.add(key);
            values.add(value);
            return;
        }
        int place = 0;
        while (ValueOrder.compare(keys.get(place), key) != 0) {
            place++;
        }
        values.set(place, value);
    }

    MapValue toMap() {
        return new MapValue(keys.toArray(), values.toArray());
    }
}
