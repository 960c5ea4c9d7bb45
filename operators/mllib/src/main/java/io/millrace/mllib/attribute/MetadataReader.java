// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.attribute;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an object of metadata; null for what is not there, an exception for what is of another kind. */
final class MetadataReader {

    private final Map<?, ?> json;

    MetadataReader(Map<?, ?> json) {
        this.json = json;
    }

    @Nullable
    String text(String key) {
        return value(key, String.class);
    }

    @Nullable
    Boolean flag(String key) {
        return value(key, Boolean.class);
    }

    @Nullable
    Map<?, ?> object(String key) {
        return value(key, Map.class);
    }

    @Nullable
    Double number(String key) {
        Number number = value(key, Number.class);
        return number == null ? null : number.doubleValue();
    }

    /** A number of things, or a place among them. */
    @Nullable
    Integer size(String key) {
        Number number = value(key, Number.class);
        if (number == null) {
            return null;
        }
        if (number.longValue() != number.doubleValue()
                || number.longValue() < 0
                || number.longValue() > Integer.MAX_VALUE) {
            throw wrong(key, number, "an integer from 0 to " + Integer.MAX_VALUE);
        }
        return number.intValue();
    }

    @Nullable
    List<String> texts(String key) {
        List<?> list = value(key, List.class);
        return list == null ? null : elements(key, list, String.class);
    }

    /** A list of objects; an empty one if there is none. */
    List<Map<?, ?>> objects(String key) {
        List<?> list = value(key, List.class);
        return list == null ? List.of() : elements(key, list, Map.class);
    }

    @SuppressWarnings("unchecked")
    private <T, E> List<T> elements(String key, List<?> list, Class<E> type) {
        for (Object element : list) {
            if (!type.isInstance(element)) {
                throw wrong(key, element, "a list of " + type.getSimpleName());
            }
        }
        return (List<T>) list;
    }

    private <T> @Nullable T value(String key, Class<T> type) {
        Object value = json.get(key);
        if (value != null && !type.isInstance(value)) {
            throw wrong(key, value, "a " + type.getSimpleName());
        }
        return type.cast(value);
    }

    private static IllegalArgumentException wrong(String key, @Nullable Object value, String expected) {
        return new IllegalArgumentException("metadata " + key + " is " + value + ", must be " + expected);
    }
}
