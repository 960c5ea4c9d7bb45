// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A list or map in the three-level form: a group that may be null, one that repeats, and what is in it. */
abstract class RepeatedPart extends RecordPart {

    private final ParquetField wrapper;
    private final int limit;
    private final String what;

    private RepeatedPart(String file, String path, ParquetField field, ParquetField wrapper, int limit, String what) {
        super(file, path, field);
        this.wrapper = wrapper;
        this.limit = limit;
        this.what = what;
    }

    abstract Object empty();

    /** All that is in it; there is at least one. */
    abstract Object readAll(ColumnReader[] columns);

    @Override
    final @Nullable Object read(ColumnReader[] columns) {
        int definition = first(columns).definition();
        if (definition >= wrapper.definitions()) {
            return readAll(columns);
        }
        skip(columns);
        return definition < field.definitions() ? null : empty();
    }

    /** Whether what is next belongs to this as well, behind {@code size} that have been read. */
    final boolean goesOn(ColumnReader first, int size) {
        if (size > limit) {
            throw failure("has more than " + limit + " " + what);
        }
        return first.repetition() == wrapper.repetitions();
    }

    /** A list of anything but numbers. */
    static final class Elements extends RepeatedPart {

        private final RecordPart element;

        Elements(String file, String path, ParquetField field, ParquetField wrapper, RecordPart element, int limit) {
            super(file, path, field, wrapper, limit, "elements");
            this.element = element;
        }

        @Override
        Object empty() {
            return List.of();
        }

        @Override
        Object readAll(ColumnReader[] columns) {
            List<@Nullable Object> values = new ArrayList<>();
            do {
                values.add(element.read(columns));
            } while (goesOn(first(columns), values.size()));
            return Collections.unmodifiableList(values);
        }
    }

    /** A map. Of a key that comes twice, the last value counts. */
    static final class Entries extends RepeatedPart {

        private final RecordPart pair;

        Entries(String file, String path, ParquetField field, ParquetField pair, LoadLimits limits) {
            super(file, path, field, pair, limits.elements(), "entries");
            this.pair = new Struct(file, path, pair, limits);
        }

        @Override
        Object empty() {
            return new LinkedHashMap<>();
        }

        @Override
        Object readAll(ColumnReader[] columns) {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            int size = 0;
            do {
                if (pair.read(columns) instanceof ParquetRow entry) {
                    map.put(
                            entry.get(entry.names().get(0)),
                            entry.get(entry.names().get(1)));
                }
                size++;
            } while (goesOn(first(columns), size));
            return map;
        }
    }

    /** A list of numbers, without boxes and nulls. */
    static final class Numbers extends RepeatedPart {

        private static final int FIRST_LENGTH = 16;

        private final ParquetField element;
        private final int limit;

        Numbers(String file, String path, ParquetField field, ParquetField wrapper, ParquetField element, int limit) {
            super(file, path, field, wrapper, limit, "elements");
            this.element = element;
            this.limit = limit;
        }

        @Override
        Object empty() {
            return switch (element.type()) {
                case ParquetField.INT32 -> new int[0];
                case ParquetField.INT64 -> new long[0];
                case ParquetField.FLOAT -> new float[0];
                default -> new double[0];
            };
        }

        @Override
        Object readAll(ColumnReader[] columns) {
            ColumnReader column = first(columns);
            return switch (element.type()) {
                case ParquetField.INT32 -> ints(column);
                case ParquetField.INT64 -> longs(column);
                case ParquetField.FLOAT -> floats(column);
                default -> doubles(column);
            };
        }

        private int[] ints(ColumnReader column) {
            int[] values = new int[FIRST_LENGTH];
            int size = 0;
            do {
                values = size == values.length ? Arrays.copyOf(values, grown(size)) : values;
                values[size++] = present(column).int32();
                column.next();
            } while (goesOn(column, size));
            return Arrays.copyOf(values, size);
        }

        private long[] longs(ColumnReader column) {
            long[] values = new long[FIRST_LENGTH];
            int size = 0;
            do {
                values = size == values.length ? Arrays.copyOf(values, grown(size)) : values;
                values[size++] = present(column).int64();
                column.next();
            } while (goesOn(column, size));
            return Arrays.copyOf(values, size);
        }

        private float[] floats(ColumnReader column) {
            float[] values = new float[FIRST_LENGTH];
            int size = 0;
            do {
                values = size == values.length ? Arrays.copyOf(values, grown(size)) : values;
                values[size++] = present(column).float32();
                column.next();
            } while (goesOn(column, size));
            return Arrays.copyOf(values, size);
        }

        private double[] doubles(ColumnReader column) {
            double[] values = new double[FIRST_LENGTH];
            int size = 0;
            do {
                values = size == values.length ? Arrays.copyOf(values, grown(size)) : values;
                values[size++] = present(column).float64();
                column.next();
            } while (goesOn(column, size));
            return Arrays.copyOf(values, size);
        }

        private ColumnReader present(ColumnReader column) {
            if (column.definition() < element.definitions()) {
                throw failure("has a null among its numbers");
            }
            return column;
        }

        /** The length of an array that is full. */
        private int grown(int length) {
            return (int) Math.min(2L * length, limit + 1L);
        }
    }
}
