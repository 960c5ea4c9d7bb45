// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

import io.millrace.table.conformance.UnsupportedCaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Rows with the batch in which each came out, or last changed.
 *
 * @param columns what they have
 * @param rows the rows
 */
record Relation(List<Column> columns, List<Row> rows) {

    /**
     * A column.
     *
     * @param side {@code L} or {@code R} in a join, otherwise empty
     * @param eventTime whether it carries a watermark
     */
    record Column(String side, String name, boolean eventTime) {

        boolean is(String wanted) {
            return name.equalsIgnoreCase(wanted);
        }
    }

    /** A row; {@code batch} is -1 for what was always there. */
    record Row(List<Object> values, int batch) {}

    /** The rows of which something holds. */
    Relation where(Predicate<Row> condition) {
        return new Relation(columns, rows.stream().filter(condition).toList());
    }

    /** The same with the columns under the name of a side. */
    Relation as(String side) {
        return new Relation(
                columns.stream()
                        .map(column -> new Column(side, column.name, column.eventTime))
                        .toList(),
                rows);
    }

    /** The place of a column by its name. */
    int place(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).is(name)) {
                return i;
            }
        }
        throw new UnsupportedCaseException("no column " + name);
    }

    /** The place of the column that carries the watermark, or -1. */
    int eventTime() {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).eventTime) {
                return i;
            }
        }
        return -1;
    }

    /** How many columns a path such as {@code L.w.start} begins with, and which: the place, and what is left of the path. */
    record Found(int place, List<String> fields) {

        /** The value in a row. */
        Object in(List<Object> values) {
            Object value = values.get(place);
            for (String field : fields) {
                value = value == null ? null : field(value, field);
            }
            return value;
        }

        private static Object field(Object struct, String name) {
            return ((Map<?, ?>) struct)
                    .entrySet().stream()
                            .filter(entry -> entry.getKey().toString().equalsIgnoreCase(name))
                            .findFirst()
                            .orElseThrow(() -> new UnsupportedCaseException("no field " + name))
                            .getValue();
        }
    }

    /** Finds a column. */
    Found find(String path) {
        List<String> parts = new ArrayList<>(List.of(path.split("\\.", -1)));
        String side = "";
        if (parts.size() > 1
                && columns.stream()
                        .anyMatch(column -> column.side.equals(parts.get(0).toUpperCase(Locale.ROOT)))) {
            side = parts.remove(0).toUpperCase(Locale.ROOT);
        }
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if ((side.isEmpty() || side.equals(column.side)) && column.is(parts.get(0))) {
                return new Found(i, parts.subList(1, parts.size()));
            }
        }
        throw new UnsupportedCaseException("no column " + path);
    }
}
