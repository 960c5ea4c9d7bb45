// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.attribute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One feature: a column of numbers, or an entry of a vector column. As Spark's {@code NumericAttribute},
 * {@code NominalAttribute}, {@code BinaryAttribute} and {@code UnresolvedAttribute}.
 *
 * @param name null if it has none; left out of the metadata of a column when Spark leaves it out: {@link #withName}(null)
 * @param index its place in its group, or null
 * @param values the names of a nominal or binary attribute's values in the order of their numbers, or null
 * @param numValues how many values a nominal attribute has, where their names are not known, or null
 * @param ordinal whether the values of a nominal attribute have an order, or null if nobody said
 */
public record Attribute(
        Kind kind,
        @Nullable String name,
        @Nullable Integer index,
        @Nullable List<String> values,
        @Nullable Integer numValues,
        @Nullable Boolean ordinal)
        implements ColumnAttributes {

    /** Spark's attribute types. */
    public enum Kind {
        NUMERIC("numeric"),
        NOMINAL("nominal"),
        BINARY("binary"),
        /** A column of which nothing is known. */
        UNRESOLVED("unresolved");

        private final String json;

        Kind(String json) {
            this.json = json;
        }
    }

    public Attribute {
        values = values == null ? null : List.copyOf(values);
    }

    public static Attribute numeric() {
        return new Attribute(Kind.NUMERIC, null, null, null, null, null);
    }

    public static Attribute binary() {
        return new Attribute(Kind.BINARY, null, null, null, null, null);
    }

    public static Attribute unresolved() {
        return new Attribute(Kind.UNRESOLVED, null, null, null, null, null);
    }

    public static Attribute nominal(List<String> values) {
        return new Attribute(Kind.NOMINAL, null, null, values, null, null);
    }

    /** A nominal attribute of which only the number of values is known, as that of a predicted class. */
    public static Attribute nominal(int numValues) {
        return new Attribute(Kind.NOMINAL, null, null, null, numValues, null);
    }

    public Attribute withName(@Nullable String newName) {
        return new Attribute(kind, newName, index, values, numValues, ordinal);
    }

    public Attribute withIndex(@Nullable Integer newIndex) {
        return new Attribute(kind, name, newIndex, values, numValues, ordinal);
    }

    public Attribute withOrdinal(@Nullable Boolean newOrdinal) {
        return new Attribute(kind, name, index, values, numValues, newOrdinal);
    }

    public boolean isNominal() {
        return kind == Kind.NOMINAL || kind == Kind.BINARY;
    }

    /** How many values a nominal or binary attribute has, or -1 if that is not known. */
    public int valueCount() {
        if (kind == Kind.BINARY) {
            return 2;
        }
        if (values != null) {
            return values.size();
        }
        return numValues == null ? -1 : numValues;
    }

    /**
     * The attribute that a column's {@code ml_attr} metadata describe; statistics of numbers are left out.
     *
     * @throws IllegalArgumentException if they do not describe one
     */
    public static Attribute fromJson(Map<?, ?> json) {
        Object type = json.get("type");
        for (Kind kind : Kind.values()) {
            if (kind.json.equals(type == null ? Kind.NUMERIC.json : type)) {
                return new Attribute(
                        kind,
                        get(json, "name", String.class),
                        integer(json, "idx"),
                        strings(json, "vals"),
                        integer(json, "num_vals"),
                        get(json, "ord", Boolean.class));
            }
        }
        throw new IllegalArgumentException("attribute type " + type);
    }

    private static <T> @Nullable T get(Map<?, ?> json, String key, Class<T> type) {
        Object value = json.get(key);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException("attribute with " + key + " " + value);
        }
        return type.cast(value);
    }

    private static @Nullable Integer integer(Map<?, ?> json, String key) {
        Long value = get(json, key, Long.class);
        return value == null ? null : (Integer) Math.toIntExact(value);
    }

    private static @Nullable List<String> strings(Map<?, ?> json, String key) {
        List<?> values = get(json, key, List.class);
        return values == null ? null : values.stream().map(String.class::cast).toList();
    }

    @Override
    public Map<String, Object> toJson() {
        return toJson(kind != Kind.NUMERIC);
    }

    /** As {@link #toJson()}; inside of a group the kind stands outside. */
    Map<String, Object> toJson(boolean withKind) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (withKind) {
            json.put("type", kind.json);
        }
        put(json, "name", name);
        put(json, "idx", index == null ? null : (Object) (long) index);
        put(json, "ord", ordinal);
        put(json, "vals", values);
        put(json, "num_vals", numValues == null ? null : (Object) (long) numValues);
        return json;
    }

    String kindName() {
        return kind.json;
    }

    private static void put(Map<String, Object> json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
