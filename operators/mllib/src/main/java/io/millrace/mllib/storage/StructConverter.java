// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Collects the fields of a struct. */
final class StructConverter extends GroupConverter {

    private final ParquetRow.Shape shape;
    private final Converter[] converters;
    private final Consumer<Object> parent;
    private @Nullable Object[] values;

    StructConverter(String file, String path, GroupType type, LoadLimits limits, Consumer<Object> parent) {
        this.parent = parent;
        List<String> names = type.getFields().stream().map(Type::getName).toList();
        shape = new ParquetRow.Shape(file, path, names, limits);
        values = new @Nullable Object[names.size()];
        converters = new Converter[names.size()];
        for (int i = 0; i < converters.length; i++) {
            int index = i;
            String inner = path.isEmpty() ? names.get(i) : path + "." + names.get(i);
            converters[i] = of(file, inner, type.getType(i), limits, value -> values[index] = value);
        }
    }

    /** The converter of a column or of a part of one; it gives every value that is not null to {@code parent}. */
    static Converter of(String file, String path, Type type, LoadLimits limits, Consumer<Object> parent) {
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            throw new ModelFormatException(file, "column " + path + " repeats outside of a list");
        }
        if (type.isPrimitive()) {
            return new ScalarConverter(file, path, type.asPrimitiveType(), parent);
        }
        GroupType group = type.asGroupType();
        if (type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation) {
            Type element = onlyField(file, path, onlyField(file, path, group));
            return new ListConverter(file, path, element, limits, parent);
        }
        if (type.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation) {
            Type pair = onlyField(file, path, group);
            if (pair.isPrimitive() || pair.asGroupType().getFieldCount() != 2) {
                throw new ModelFormatException(file, "column " + path + " is no map of keys and values");
            }
            return new MapConverter(file, path, pair.asGroupType(), limits, parent);
        }
        return new StructConverter(file, path, group, limits, parent);
    }

    private static Type onlyField(String file, String path, Type type) {
        if (type.isPrimitive() || type.asGroupType().getFieldCount() != 1) {
            throw new ModelFormatException(file, "column " + path + " is not a list or map of the three-level form");
        }
        return type.asGroupType().getType(0);
    }

    @Override
    public Converter getConverter(int index) {
        return converters[index];
    }

    @Override
    public void start() {
        values = new @Nullable Object[converters.length];
    }

    @Override
    public void end() {
        parent.accept(new ParquetRow(shape, values));
    }

    /** Collects the entries of a map. */
    static final class MapConverter extends GroupConverter {

        private final StructConverter entry;
        private final Consumer<Object> parent;
        private final List<ParquetRow> entries = new ArrayList<>();

        MapConverter(String file, String path, GroupType type, LoadLimits limits, Consumer<Object> parent) {
            this.parent = parent;
            entry = new StructConverter(file, path, type, limits, value -> {
                if (entries.size() >= limits.elements()) {
                    throw new ModelFormatException(
                            file, "column " + path + " has more than " + limits.elements() + " entries");
                }
                entries.add((ParquetRow) value);
            });
        }

        @Override
        public Converter getConverter(int index) {
            return entry;
        }

        @Override
        public void start() {
            entries.clear();
        }

        @Override
        public void end() {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            for (ParquetRow row : entries) {
                map.put(row.get(row.names().get(0)), row.get(row.names().get(1)));
            }
            parent.accept(map);
        }
    }
}
