// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts records, or one field of them, together from the entries of their columns. What a {@link ParquetRow} holds is the same as
 * that which {@link StructConverter}, {@link ListConverter} and {@link ScalarConverter} make for parquet-java.
 */
abstract class RecordPart {

    final String file;
    final String path;
    final ParquetField field;

    RecordPart(String file, String path, ParquetField field) {
        this.file = file;
        this.path = path;
        this.field = field;
    }

    /** The next value, null if it is null. Takes all its entries from the columns of the row group. */
    abstract @Nullable Object read(ColumnReader[] columns);

    /** What reads a field with all that is below it; {@code path} is its place in a record, for messages. */
    static RecordPart of(String file, String path, ParquetField field, LoadLimits limits) {
        if (field.repetition() == ParquetField.REPEATED) {
            throw new ModelFormatException(file, "column " + path + " repeats outside of a list");
        }
        return one(file, path, field, limits);
    }

    /** As {@link #of}, of what may repeat since it is the element of a list. */
    private static RecordPart one(String file, String path, ParquetField field, LoadLimits limits) {
        if (!field.isGroup()) {
            return new Scalar(file, path, field);
        }
        if (field.meaning() == ParquetField.LIST) {
            ParquetField wrapper = onlyField(file, path, field);
            ParquetField element = isElement(wrapper) ? wrapper : onlyField(file, path, wrapper);
            return switch (element.type()) {
                case ParquetField.INT32, ParquetField.INT64, ParquetField.FLOAT, ParquetField.DOUBLE ->
                    new RepeatedPart.Numbers(file, path, field, wrapper, element, limits.elements());
                default ->
                    new RepeatedPart.Elements(
                            file, path, field, wrapper, one(file, path, element, limits), limits.elements());
            };
        }
        if (field.meaning() == ParquetField.MAP) {
            ParquetField pair = onlyField(file, path, field);
            if (pair.fields().size() != 2) {
                throw new ModelFormatException(file, "column " + path + " is no map of keys and values");
            }
            return new RepeatedPart.Entries(file, path, field, pair, limits);
        }
        return new Struct(file, path, field, limits);
    }

    /**
     * Whether what repeats in a list is the element itself, and not a group around it: so Spark writes arrays without nulls if
     * {@code spark.sql.parquet.writeLegacyFormat} is set.
     */
    private static boolean isElement(ParquetField repeated) {
        return !repeated.isGroup()
                || repeated.fields().size() > 1
                || repeated.name().equals("array")
                || repeated.name().endsWith("_tuple");
    }

    /** The one field below, which must repeat if it is that of a list or map. */
    private static ParquetField onlyField(String file, String path, ParquetField group) {
        if (group.fields().size() != 1
                || (group.meaning() != ParquetField.PLAIN)
                        != repeats(group.fields().get(0))) {
            throw new ModelFormatException(file, "column " + path + " is not a list or map of the three-level form");
        }
        return group.fields().get(0);
    }

    private static boolean repeats(ParquetField field) {
        return field.repetition() == ParquetField.REPEATED;
    }

    final ColumnReader first(ColumnReader[] columns) {
        return columns[field.firstColumn()];
    }

    /**
     * Takes the one entry of each column that says that this is null or an empty list. What follows a field that has been read
     * begins a record or goes on with a list around it, in all its columns alike.
     */
    final void skip(ColumnReader[] columns) {
        int definition = first(columns).definition();
        for (int i = field.firstColumn(); i < field.endColumn(); i++) {
            if (columns[i].definition() != definition) {
                throw disagree();
            }
            columns[i].next();
            if (columns[i].repetition() != first(columns).repetition()) {
                throw disagree();
            }
        }
    }

    final ModelFormatException disagree() {
        return failure("has columns that do not agree on what is null or in a list");
    }

    final ModelFormatException failure(String reason) {
        return new ModelFormatException(file, "column " + path + " " + reason);
    }

    /** A single value. */
    private static final class Scalar extends RecordPart {

        Scalar(String file, String path, ParquetField field) {
            super(file, path, field);
            if (field.type() == ParquetField.INT96 || field.type() == ParquetField.FIXED_LEN_BYTE_ARRAY) {
                throw failure("is of type " + (field.type() == ParquetField.INT96 ? "INT96" : "FIXED_LEN_BYTE_ARRAY")
                        + ", which no model has");
            }
        }

        @Override
        @Nullable
        Object read(ColumnReader[] columns) {
            ColumnReader column = first(columns);
            Object value = column.definition() == field.definitions() ? column.value() : null;
            column.next();
            return value;
        }
    }

    /** A struct; that of all fields is a record. */
    static final class Struct extends RecordPart {

        private final ParquetRow.Shape shape;
        private final RecordPart[] parts;

        Struct(String file, String path, ParquetField field, LoadLimits limits) {
            super(file, path, field);
            List<String> names = new ArrayList<>();
            parts = new RecordPart[field.fields().size()];
            for (ParquetField inner : field.fields()) {
                String innerPath = path.isEmpty() ? inner.name() : path + "." + inner.name();
                parts[names.size()] = of(file, innerPath, inner, limits);
                names.add(inner.name());
            }
            shape = new ParquetRow.Shape(file, path, List.copyOf(names), limits);
        }

        @Override
        @Nullable
        Object read(ColumnReader[] columns) {
            if (first(columns).definition() < field.definitions()) {
                skip(columns);
                return null;
            }
            return readRecord(columns);
        }

        /** As {@link #read} where it is not null. */
        ParquetRow readRecord(ColumnReader[] columns) {
            @Nullable Object[] values = new @Nullable Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                values[i] = parts[i].read(columns);
                if (parts[i].first(columns).repetition() != first(columns).repetition()) {
                    throw disagree();
                }
            }
            return new ParquetRow(shape, values);
        }
    }
}
