// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.AnalysisException;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds which columns are in the names of directories, and their types, as Spark does: int, bigint, decimal, double, date, timestamp, string. */
final class PartitionColumns {

    private static final int MOST_DIGITS = 38;

    private PartitionColumns() {}

    /**
     * The columns that some files have by their directories, in the order of these.
     *
     * @throws AnalysisException if the files are not all in directories of the same columns
     */
    static Schema find(Path root, List<Path> files) {
        Map<String, DataType> types = new LinkedHashMap<>();
        Path first = null;
        for (Path file : files) {
            Map<String, @Nullable String> columns = PartitionPath.columns(root, file);
            if (first == null) {
                columns.keySet().forEach(name -> types.put(name, AtomicType.NULL));
                first = file;
            } else if (!List.copyOf(columns.keySet()).equals(List.copyOf(types.keySet()))) {
                throw new AnalysisException(
                        "CONFLICTING_PARTITION_COLUMN_NAMES",
                        "Conflicting partition column names detected: " + root.relativize(first) + " has "
                                + types.keySet() + ", but " + root.relativize(file) + " has " + columns.keySet());
            }
            columns.forEach((name, text) ->
                    types.computeIfPresent(name, (same, before) -> text == null ? before : both(before, of(text))));
        }
        List<Field> fields = new ArrayList<>();
        types.forEach((name, type) -> fields.add(Field.of(name, type == AtomicType.NULL ? AtomicType.STRING : type)));
        return new Schema(fields);
    }

    /** Columns with those of directories: one of the same name is that of the directory, others come behind. */
    static Schema with(Schema schema, Schema partitions, boolean keepTypes) {
        List<Field> fields = new ArrayList<>(schema.fields());
        for (Field partition : partitions.fields()) {
            int place = schema.indexOf(partition.name());
            if (place < 0) {
                fields.add(partition);
            } else if (!keepTypes) {
                fields.set(place, partition);
            }
        }
        return new Schema(fields);
    }

    private static DataType of(String text) {
        if (!text.equals(text.strip())) {
            return AtomicType.STRING;
        }
        if (CellText.parse(AtomicType.INT, text) != null) {
            return AtomicType.INT;
        }
        if (CellText.parse(AtomicType.LONG, text) != null) {
            return AtomicType.LONG;
        }
        if (text.matches("[+-]?\\d{1,38}")) {
            return new DecimalType(Math.min(MOST_DIGITS, new BigDecimal(text).precision()), 0);
        }
        for (AtomicType type : List.of(AtomicType.DOUBLE, AtomicType.DATE, AtomicType.TIMESTAMP)) {
            if (CellText.parse(type, text) != null) {
                return type;
            }
        }
        return AtomicType.STRING;
    }

    private static DataType both(DataType one, DataType other) {
        if (one.equals(other) || one == AtomicType.NULL) {
            return other;
        }
        boolean whole = isWhole(one) && isWhole(other);
        if (whole && one instanceof AtomicType && other instanceof AtomicType) {
            return AtomicType.LONG;
        }
        if (whole) {
            return new DecimalType(Math.max(digits(one), digits(other)), 0);
        }
        if ((one == AtomicType.INT && other == AtomicType.DOUBLE)
                || (one == AtomicType.DOUBLE && other == AtomicType.INT)) {
            return AtomicType.DOUBLE;
        }
        if ((one == AtomicType.DATE && other == AtomicType.TIMESTAMP)
                || (one == AtomicType.TIMESTAMP && other == AtomicType.DATE)) {
            return AtomicType.TIMESTAMP;
        }
        return AtomicType.STRING;
    }

    private static boolean isWhole(DataType type) {
        return type == AtomicType.INT || type == AtomicType.LONG || type instanceof DecimalType;
    }

    private static int digits(DataType type) {
        if (type instanceof DecimalType decimal) {
            return decimal.precision();
        }
        return type == AtomicType.INT ? 10 : 20;
    }
}
