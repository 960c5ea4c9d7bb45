// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a stage, by Spark's names. A value is the one that was set, else the default that was saved, else the
 * default of the class, which the caller gives. Names that nobody asks for do no harm. Immutable.
 */
public final class Params {

    private final String file;
    private final String uid;
    private final Map<String, @Nullable Object> set;
    private final Map<String, @Nullable Object> defaults;

    private Params(String file, String uid, Map<String, @Nullable Object> set, Map<String, @Nullable Object> defaults) {
        this.file = file;
        this.uid = uid;
        this.set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        this.defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    }

    static Params of(
            String file, String uid, Map<String, @Nullable Object> set, Map<String, @Nullable Object> defaults) {
        return new Params(file, uid, set, defaults);
    }

    /** Parameters that were not loaded: all of them set, in the form of JSON as {@link Json} gives it. */
    public static Params of(String uid, Map<String, @Nullable Object> set) {
        return new Params(uid, uid, set, Map.of());
    }

    /** These, with one set to another value. */
    public Params with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(set);
        changed.put(name, value);
        return new Params(file, uid, changed, defaults);
    }

    public String uid() {
        return uid;
    }

    /** Whether it was set, and does not only have a default. */
    public boolean isSet(String name) {
        return set.containsKey(name);
    }

    /** Whether it has a value that was set or saved as a default. */
    public boolean isDefined(String name) {
        return find(name) != null;
    }

    public String getString(String name, String classDefault) {
        Object value = find(name);
        return value == null ? classDefault : cast(name, value, String.class);
    }

    /** A parameter without a default. */
    public String getString(String name) {
        return cast(name, required(name), String.class);
    }

    /** The parameter {@code outputCol}; left alone, it is the uid with {@code __output} behind it. */
    public String outputCol() {
        return getString("outputCol", uid + "__output");
    }

    public boolean getBoolean(String name, boolean classDefault) {
        Object value = find(name);
        return value == null ? classDefault : cast(name, value, Boolean.class);
    }

    public int getInt(String name, int classDefault) {
        return Math.toIntExact(checkInt(name, getLong(name, classDefault)));
    }

    public long getLong(String name, long classDefault) {
        Object value = find(name);
        return value == null ? classDefault : cast(name, value, Long.class);
    }

    public double getDouble(String name, double classDefault) {
        Object value = find(name);
        return value == null ? classDefault : number(name, value);
    }

    /** A list of strings, or null if it has no value. Null elements are refused. */
    public @Nullable List<String> strings(String name) {
        Object value = find(name);
        return value == null
                ? null
                : list(name, value).stream()
                        .map(element -> cast(name, element, String.class))
                        .toList();
    }

    /** A list of numbers, or null if it has no value. */
    public double @Nullable [] doubles(String name) {
        Object value = find(name);
        return value == null ? null : doubles(name, value);
    }

    public int @Nullable [] ints(String name) {
        Object value = find(name);
        return value == null
                ? null
                : list(name, value).stream()
                        .mapToInt(element -> (int) checkInt(name, cast(name, element, Long.class)))
                        .toArray();
    }

    /** A list of lists of numbers, as {@code splitsArray}, or null if it has no value. */
    public @Nullable List<double[]> doubleLists(String name) {
        Object value = find(name);
        return value == null
                ? null
                : list(name, value).stream()
                        .map(element -> doubles(name, element))
                        .toList();
    }

    /** A vector, as {@code scalingVec}. */
    public Vector vector(String name) {
        if (!(required(name) instanceof Map<?, ?> json)) {
            throw wrong(name, required(name), "a vector");
        }
        double[] values = doubles(name, json.get("values"));
        if (Long.valueOf(1).equals(json.get("type"))) {
            return Vectors.dense(values);
        }
        Object size = json.get("size");
        List<?> indices = list(name, json.get("indices"));
        if (!(size instanceof Long length) || indices.size() != values.length) {
            throw wrong(name, json, "a vector");
        }
        int[] places = new int[values.length];
        long last = -1;
        for (int i = 0; i < places.length; i++) {
            long place = cast(name, indices.get(i), Long.class);
            if (place <= last || place >= length || length > Integer.MAX_VALUE) {
                throw wrong(name, place, "an index above the one before and below the size, " + length);
            }
            places[i] = (int) place;
            last = place;
        }
        return Vectors.sparse((int) checkInt(name, length), places, values);
    }

    /** The value as JSON, or null if it has none. */
    public @Nullable Object find(String name) {
        Object value = set.get(name);
        return value == null ? defaults.get(name) : value;
    }

    /** An exception about a parameter of this stage. */
    public ModelFormatException failure(String name, String reason) {
        return new ModelFormatException(file, "parameter " + name + " " + reason);
    }

    private Object required(String name) {
        Object value = find(name);
        if (value == null) {
            throw failure(name, "has no value");
        }
        return value;
    }

    private long checkInt(String name, long value) {
        if (value != (int) value) {
            throw wrong(name, value, "within int");
        }
        return value;
    }

    private double[] doubles(String name, @Nullable Object value) {
        return list(name, value).stream()
                .mapToDouble(element -> number(name, element))
                .toArray();
    }

    private double number(String name, @Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String text) {
            return switch (text) {
                case "NaN" -> Double.NaN;
                case "Inf", "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw wrong(name, value, "a number");
            };
        }
        throw wrong(name, value, "a number");
    }

    private List<?> list(String name, @Nullable Object value) {
        return cast(name, value, List.class);
    }

    private <T> T cast(String name, @Nullable Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw wrong(name, value, "a " + type.getSimpleName());
        }
        return type.cast(value);
    }

    private ModelFormatException wrong(String name, @Nullable Object value, String expected) {
        String text = String.valueOf(value);
        return failure(
                name, "is " + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + ", must be " + expected);
    }
}
