// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Collects the elements of a list of the three-level form; numbers without boxes. */
final class ListConverter extends GroupConverter {

    private final String file;
    private final String path;
    private final LoadLimits limits;
    private final Consumer<Object> parent;
    private final Elements elements;
    private final GroupConverter element;

    ListConverter(String file, String path, Type type, LoadLimits limits, Consumer<Object> parent) {
        this.file = file;
        this.path = path;
        this.limits = limits;
        this.parent = parent;
        PrimitiveTypeName name = type.isPrimitive() ? type.asPrimitiveType().getPrimitiveTypeName() : null;
        elements = name == PrimitiveTypeName.DOUBLE
                ? new Doubles()
                : name == PrimitiveTypeName.FLOAT
                        ? new Floats()
                        : name == PrimitiveTypeName.INT32
                                ? new Ints()
                                : name == PrimitiveTypeName.INT64 ? new Longs() : new Objects();
        Converter inner = elements instanceof Objects objects
                ? StructConverter.of(file, path, type, limits, objects::hold)
                : elements;
        element = new Element(inner);
    }

    @Override
    public Converter getConverter(int index) {
        return element;
    }

    @Override
    public void start() {
        elements.clear();
    }

    @Override
    public void end() {
        parent.accept(elements.result());
    }

    /** The group around each element; it begins and ends for null elements as well. */
    private final class Element extends GroupConverter {

        private final Converter inner;

        Element(Converter inner) {
            this.inner = inner;
        }

        @Override
        public Converter getConverter(int index) {
            return inner;
        }

        @Override
        public void start() {
            elements.given = false;
        }

        @Override
        public void end() {
            if (!elements.given) {
                elements.addNull();
            }
            if (++elements.size > limits.elements()) {
                throw new ModelFormatException(
                        file, "column " + path + " has more than " + limits.elements() + " elements");
            }
        }
    }

    private abstract class Elements extends PrimitiveConverter {

        int size;
        boolean given;

        abstract Object result();

        void addNull() {
            throw new ModelFormatException(file, "column " + path + " has a null among its numbers");
        }

        void clear() {
            size = 0;
        }

        /** The length of an array that is full. */
        int grown(int length) {
            return Math.max(16, (int) Math.min(2L * length, limits.elements() + 1L));
        }
    }

    private final class Doubles extends Elements {
        private double[] values = {};

        @Override
        public void addDouble(double value) {
            values = size == values.length ? Arrays.copyOf(values, grown(size)) : values;
            values[size] = value;
            given = true;
        }

        @Override
        Object result() {
            return Arrays.copyOf(values, size);
        }
    }

    private final class Floats extends Elements {
        private float[] values = {};

        @Override
        public void addFloat(float value) {
            values = size == values.length ? Arrays.copyOf(values, grown(size)) : values;
            values[size] = value;
            given = true;
        }

        @Override
        Object result() {
            return Arrays.copyOf(values, size);
        }
    }

    private final class Ints extends Elements {
        private int[] values = {};

        @Override
        public void addInt(int value) {
            values = size == values.length ? Arrays.copyOf(values, grown(size)) : values;
            values[size] = value;
            given = true;
        }

        @Override
        Object result() {
            return Arrays.copyOf(values, size);
        }
    }

    private final class Longs extends Elements {
        private long[] values = {};

        @Override
        public void addLong(long value) {
            values = size == values.length ? Arrays.copyOf(values, grown(size)) : values;
            values[size] = value;
            given = true;
        }

        @Override
        Object result() {
            return Arrays.copyOf(values, size);
        }
    }

    private final class Objects extends Elements {
        private List<@Nullable Object> values = new ArrayList<>();

        void hold(Object value) {
            values.add(value);
            given = true;
        }

        @Override
        void addNull() {
            values.add(null);
        }

        @Override
        void clear() {
            super.clear();
            values = new ArrayList<>();
        }

        @Override
        Object result() {
            return Collections.unmodifiableList(values);
        }
    }
}
