// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.MapValue;
import io.millrace.table.data.ValueOrder;
import org.jspecify.annotations.Nullable;

/** Looks for elements. */
public final class Elements {

    private Elements() {}

    /** The element at a place from 0. */
    public static @Nullable Object item(@Nullable Object[] array, int index) {
        if (index < 0 || index >= array.length) {
            throw new QueryExecutionException(
                    "INVALID_ARRAY_INDEX",
                    "The index " + index + " is out of bounds. The array has " + array.length
                            + " elements. Use the SQL function `get()` to tolerate accessing element at invalid index and return NULL instead.");
        }
        return array[index];
    }

    /** The element at a place from 0; null if there is none. */
    public static @Nullable Object get(@Nullable Object[] array, int index) {
        return index < 0 || index >= array.length ? null : array[index];
    }

    /** The element at a place from 1, or from the end by -1. */
    public static @Nullable Object elementAt(@Nullable Object[] array, int place) {
        if (place == 0) {
            throw indexOfZero();
        }
        if (Math.abs((long) place) > array.length) {
            throw new QueryExecutionException(
                    "INVALID_ARRAY_INDEX_IN_ELEMENT_AT",
                    "The index " + place + " is out of bounds. The array has " + array.length
                            + " elements. Use `try_element_at` to tolerate accessing element at invalid index and return NULL instead.");
        }
        return array[place > 0 ? place - 1 : array.length + place];
    }

    /** As {@link #elementAt}; null if there is none. */
    public static @Nullable Object tryElementAt(@Nullable Object[] array, int place) {
        if (place == 0) {
            throw indexOfZero();
        }
        return Math.abs((long) place) > array.length ? null : array[place > 0 ? place - 1 : array.length + place];
    }

    static QueryExecutionException indexOfZero() {
        return new QueryExecutionException(
                "INVALID_INDEX_OF_ZERO",
                "The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1).");
    }

    /** The value of a key; null if it is not there. */
    public static @Nullable Object valueOf(MapValue map, Object key) {
        Object[] keys = map.keys();
        for (int i = 0; i < keys.length; i++) {
            if (ValueOrder.equal(keys[i], key)) {
                return map.values()[i];
            }
        }
        return null;
    }

    public static int size(Object[] array) {
        return array.length;
    }

    public static int size(MapValue map) {
        return map.size();
    }
}
