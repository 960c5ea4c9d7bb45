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
 * @param summary what is known of a numeric attribute's values, or null if nothing is
 */
public record Attribute(
        Kind kind,
        @Nullable String name,
        @Nullable Integer index,
        @Nullable List<String> values,
        @Nullable Integer numValues,
        @Nullable Boolean ordinal,
        @Nullable Summary summary)
        implements ColumnAttributes {

    /** What a numeric attribute may say of its values; null for what it does not say. */
    public record Summary(
            @Nullable Double min,
            @Nullable Double max,
            @Nullable Double std,
            @Nullable Double sparsity) {}

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

        /** The name in JSON, as {@code nominal}. */
        String json() {
            return json;
        }
    }

    public Attribute {
        values = values == null ? null : List.copyOf(values);
    }

    public static Attribute numeric() {
        return new Attribute(Kind.NUMERIC, null, null, null, null, null, null);
    }

    public static Attribute binary() {
        return new Attribute(Kind.BINARY, null, null, null, null, null, null);
    }

    public static Attribute unresolved() {
        return new Attribute(Kind.UNRESOLVED, null, null, null, null, null, null);
    }

    /** A nominal attribute of which nothing is known. */
    public static Attribute nominal() {
        return new Attribute(Kind.NOMINAL, null, null, null, null, null, null);
    }

    public static Attribute nominal(List<String> values) {
        return new Attribute(Kind.NOMINAL, null, null, values, null, null, null);
    }

    /** A nominal attribute of which only the number of values is known, as that of a predicted class. */
    public static Attribute nominal(int numValues) {
        return new Attribute(Kind.NOMINAL, null, null, null, numValues, null, null);
    }

    public Attribute withName(@Nullable String newName) {
        return new Attribute(kind, newName, index, values, numValues, ordinal, summary);
    }

    public Attribute withIndex(@Nullable Integer newIndex) {
        return new Attribute(kind, name, newIndex, values, numValues, ordinal, summary);
    }

    public Attribute withOrdinal(@Nullable Boolean newOrdinal) {
        return new Attribute(kind, name, index, values, numValues, newOrdinal, summary);
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

    @Override
    public Map<String, Object> toJson() {
        return kind == Kind.UNRESOLVED ? Map.of() : toJson(kind != Kind.NUMERIC);
    }

    /**
     * The attribute that {@link #toJson} writes so, as Spark reads it; a kind that is not named is numeric.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Attribute fromJson(Map<?, ?> json) {
        Object type = json.get("type");
        for (Kind kind : Kind.values()) {
            if (kind != Kind.UNRESOLVED && kind.json.equals(type == null ? Kind.NUMERIC.json : type)) {
                return fromJson(kind, json);
            }
        }
        throw new IllegalArgumentException("Cannot recognize type " + type + ".");
    }

    /** As {@link #fromJson(Map)}; inside of a group the kind stands outside. */
    static Attribute fromJson(Kind kind, Map<?, ?> json) {
        MetadataReader reader = new MetadataReader(json);
        boolean nominal = kind == Kind.NOMINAL;
        Attribute read = new Attribute(
                kind,
                reader.text("name"),
                reader.size("idx"),
                kind == Kind.NUMERIC ? null : reader.texts("vals"),
                nominal ? reader.size("num_vals") : null,
                nominal ? reader.flag("ord") : null,
                kind == Kind.NUMERIC
                        ? summary(
                                reader.number("min"),
                                reader.number("max"),
                                reader.number("std"),
                                reader.number("sparsity"))
                        : null);
        if (read.name != null && read.name.isEmpty()) {
            throw new IllegalArgumentException("requirement failed: Cannot have an empty string for name.");
        }
        if (read.values != null && read.numValues != null) {
            throw new IllegalArgumentException("requirement failed: Cannot have both numValues and values defined.");
        }
        if (kind == Kind.BINARY && read.values != null && read.values.size() != 2) {
            throw new IllegalArgumentException("requirement failed: Number of values must be 2 for a binary attribute"
                    + " but got " + read.values + ".");
        }
        return read;
    }

    private static @Nullable Summary summary(
            @Nullable Double min, @Nullable Double max, @Nullable Double std, @Nullable Double sparsity) {
        return min == null && max == null && std == null && sparsity == null
                ? null
                : new Summary(min, max, std, sparsity);
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
        if (summary != null) {
            put(json, "min", summary.min());
            put(json, "max", summary.max());
            put(json, "std", summary.std());
            put(json, "sparsity", summary.sparsity());
        }
        return json;
    }

    private static void put(Map<String, Object> json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
