// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * A record of a Parquet file, or a struct in one. Values are {@code Integer}, {@code Long}, {@code Float}, {@code Double},
 * {@code Boolean}, {@code String}; {@code int[]}, {@code long[]}, {@code float[]}, {@code double[]} for lists of numbers,
 * {@code List} for others; {@code Map}; {@link ParquetRow} for structs. An accessor that does not find what it is named
 * after throws {@link ModelFormatException} with the file, the column and the reason.
 */
public final class ParquetRow {

    /** What the records of a file have in common. */
    record Shape(String file, String path, List<String> names, LoadLimits limits) {

        int indexOf(String name) {
            return names.indexOf(name);
        }
    }

    private final Shape shape;
    private final @Nullable Object[] values;

    ParquetRow(Shape shape, @Nullable Object[] values) {
        this.shape = shape;
        this.values = values;
    }

    public List<String> names() {
        return shape.names();
    }

    public boolean has(String name) {
        return shape.indexOf(name) >= 0;
    }

    public boolean isNull(String name) {
        return get(name) == null;
    }

    /** The value, or null if it is null. */
    public @Nullable Object get(String name) {
        int index = shape.indexOf(name);
        if (index < 0) {
            throw failure(name, "is missing, there are: " + String.join(", ", shape.names()));
        }
        return values[index];
    }

    public int getInt(String name) {
        return present(name, Integer.class);
    }

    public long getLong(String name) {
        return present(name, Long.class);
    }

    public double getDouble(String name) {
        return present(name, Double.class);
    }

    public float getFloat(String name) {
        return present(name, Float.class);
    }

    public boolean getBoolean(String name) {
        return present(name, Boolean.class);
    }

    public String getString(String name) {
        return present(name, String.class);
    }

    public double[] doubles(String name) {
        return list(name, double[].class, new double[0]);
    }

    public float[] floats(String name) {
        return list(name, float[].class, new float[0]);
    }

    public int[] ints(String name) {
        return list(name, int[].class, new int[0]);
    }

    public long[] longs(String name) {
        return list(name, long[].class, new long[0]);
    }

    /** A list of strings without nulls. */
    public List<String> strings(String name) {
        return list(name, String.class);
    }

    /** A list of structs without nulls. */
    public List<ParquetRow> structs(String name) {
        return list(name, ParquetRow.class);
    }

    /** A list of lists of strings without nulls. */
    @SuppressWarnings("unchecked")
    public List<List<String>> stringLists(String name) {
        for (Object inner : list(name, List.class)) {
            for (Object element : (List<?>) inner) {
                if (!(element instanceof String)) {
                    throw failure(name, "holds " + element + " where a string belongs");
                }
            }
        }
        return (List<List<String>>) (List<?>) list(name, List.class);
    }

    /** A list of {@code type} without nulls. */
    @SuppressWarnings("unchecked")
    public <T> List<T> list(String name, Class<T> type) {
        List<?> elements = present(name, List.class);
        for (Object element : elements) {
            if (!type.isInstance(element)) {
                throw failure(name, "holds " + describe(element) + " where " + type.getSimpleName() + " belongs");
            }
        }
        return (List<T>) elements;
    }

    public Map<?, ?> map(String name) {
        return present(name, Map.class);
    }

    public ParquetRow struct(String name) {
        return present(name, ParquetRow.class);
    }

    public Vector vector(String name) {
        return SparkTypes.vector(struct(name));
    }

    public List<Vector> vectors(String name) {
        return structs(name).stream().map(SparkTypes::vector).toList();
    }

    public Matrix matrix(String name) {
        return SparkTypes.matrix(struct(name));
    }

    public List<Matrix> matrices(String name) {
        return structs(name).stream().map(SparkTypes::matrix).toList();
    }

    /** An exception about a column of this record. */
    public ModelFormatException failure(String name, String reason) {
        return new ModelFormatException(
                shape.file(), "column " + (shape.path().isEmpty() ? "" : shape.path() + ".") + name + " " + reason);
    }

    LoadLimits limits() {
        return shape.limits();
    }

    private <T> T present(String name, Class<T> type) {
        Object value = get(name);
        if (!type.isInstance(value)) {
            throw failure(name, "holds " + describe(value) + " where " + type.getSimpleName() + " belongs");
        }
        return type.cast(value);
    }

    /** A list of numbers; one of no elements may have come from a column of any type. */
    private <T> T list(String name, Class<T> type, T empty) {
        Object value = get(name);
        if (value instanceof List<?> none && none.isEmpty()) {
            return empty;
        }
        return present(name, type);
    }

    private static String describe(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getSimpleName();
    }

    @Override
    public String toString() {
        return shape.names() + "=" + Arrays.deepToString(values);
    }
}
