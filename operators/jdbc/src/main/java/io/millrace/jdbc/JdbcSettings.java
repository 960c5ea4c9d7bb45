// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a sink is told when it is made. */
record JdbcSettings<T>(
        DataSource source,
        TableName table,
        RowWriter.Mode mode,
        List<Column<T>> columns,
        TableName markers,
        Duration patience,
        @Nullable Predicate<? super T> deletion,
        @Nullable RefusedRecords<T> refusedRecords,
        int mostRefused) {

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);
    private static final Duration MOST_PATIENCE = Duration.ofHours(1);

    JdbcSettings {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (Column<T> column : columns) {
            if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "column " + column.name() + " of table " + table + " is named twice");
            }
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one column of table " + table);
        }
        boolean hasKey = columns.stream().anyMatch(Column::isKey);
        if (mode == RowWriter.Mode.UPSERT && !hasKey) {
            throw new IllegalArgumentException("an upsert needs at least one key column of table " + table);
        }
        if (mode != RowWriter.Mode.UPSERT && hasKey) {
            throw new IllegalArgumentException((mode == RowWriter.Mode.APPEND ? "an append" : "a replacement")
                    + " has no key columns, but table " + table + " was given some: use column, or upsert");
        }
        if (mode != RowWriter.Mode.UPSERT && deletion != null) {
            throw new IllegalArgumentException("only an upsert can delete rows, for it has a key to find them by");
        }
        if (patience.compareTo(LEAST_PATIENCE) < 0 || patience.compareTo(MOST_PATIENCE) > 0) {
            throw new IllegalArgumentException("patience must be 1 s to 1 h, but is " + patience);
        }
        if (mostRefused < 0) {
            throw new IllegalArgumentException("mostRefused must be >= 0, but is " + mostRefused);
        }
    }

    JdbcSettings<T> withDeletion(Predicate<? super T> given) {
        return new JdbcSettings<>(source, table, mode, columns, markers, patience, given, refusedRecords, mostRefused);
    }

    JdbcSettings<T> withRefusedRecords(RefusedRecords<T> given, int most) {
        return new JdbcSettings<>(source, table, mode, columns, markers, patience, deletion, given, most);
    }

    JdbcSettings<T> withMarkers(TableName given) {
        return new JdbcSettings<>(source, table, mode, columns, given, patience, deletion, refusedRecords, mostRefused);
    }

    JdbcSettings<T> withPatience(Duration given) {
        return new JdbcSettings<>(source, table, mode, columns, markers, given, deletion, refusedRecords, mostRefused);
    }

    RowMapping<T> mapping() {
        Predicate<? super T> given = deletion;
        return new RowMapping<>(columns, given == null ? record -> false : given);
    }
}
