// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink.file;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.source.file.PartitionPath;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of rows are in the names of directories, and which in the files.
 *
 * @param schema all columns
 * @param keys places of those in names, in the order of the directories
 * @param rest the others
 */
record Partitioning(Schema schema, Set<Integer> keys, Schema rest) {

    /**
     * Checks the columns of a user.
     *
     * @throws AnalysisException if one is not there or of a type that is none for a name, or all of them are named
     */
    static Partitioning of(Schema schema, List<String> names) {
        Set<Integer> keys = new LinkedHashSet<>();
        for (String name : names) {
            int place = schema.indexOf(name);
            if (place < 0) {
                throw new AnalysisException(
                        "PARTITION_COLUMN_NOT_FOUND_IN_SCHEMA",
                        "Partition column `" + name + "` not found in schema " + schema
                                + ". Please provide the existing column for partitioning.");
            }
            DataType type = schema.field(place).type();
            if (!(type instanceof DecimalType) && (!(type instanceof AtomicType) || type == AtomicType.NULL)) {
                throw new AnalysisException(
                        "INVALID_PARTITION_COLUMN_DATA_TYPE",
                        "Cannot use \"" + type.sql().toUpperCase(Locale.ROOT) + "\" for partition column.");
            }
            keys.add(place);
        }
        if (keys.size() == schema.size()) {
            throw new AnalysisException(
                    "ALL_PARTITION_COLUMNS_NOT_ALLOWED", "Cannot use all columns for partition columns.");
        }
        List<Field> rest = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            if (!keys.contains(i)) {
                rest.add(schema.field(i));
            }
        }
        return new Partitioning(schema, keys, new Schema(rest));
    }

    /** Where a row goes: {@code day=2024-01-31/hour=7}. */
    String place(Row row) {
        StringBuilder path = new StringBuilder();
        for (int key : keys) {
            path.append(path.length() == 0 ? "" : "/")
                    .append(PartitionPath.name(schema.field(key).name(), row.get(key)));
        }
        return path.toString();
    }

    /** What is in the file of a row. */
    Row rest(Row row) {
        List<@Nullable Object> values = new ArrayList<>(rest.size());
        for (int i = 0; i < schema.size(); i++) {
            if (!keys.contains(i)) {
                values.add(row.get(i));
            }
        }
        return Row.of(rest, values);
    }
}
