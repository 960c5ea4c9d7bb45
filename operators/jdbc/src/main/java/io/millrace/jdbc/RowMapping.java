// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of records, and finds those that need not be tried: a function threw, a key is null, or the database does not keep a value.
 *
 * @param columns how values are got
 * @param deletion which records delete their row
 * @param <T> records
 */
record RowMapping<T>(List<Column<T>> columns, Predicate<? super T> deletion) {

    /**
     * What became of the records of a batch.
     *
     * @param rows in the order of the records
     * @param refusals in the order of the records
     */
    record Mapped<T>(List<Row<T>> rows, List<Refusal<T>> refusals) {}

    /**
     * Maps a batch.
     *
     * @param mostBytes how many bytes a row may have
     */
    Mapped<T> map(List<T> records, Target target, Dialect dialect, long mostBytes) {
        List<Row<T>> rows = new ArrayList<>(records.size());
        List<Refusal<T>> refusals = new ArrayList<>();
        int position = 0;
        for (T record : records) {
            row(position++, record, target, dialect, mostBytes, rows, refusals);
        }
        return new Mapped<>(rows, refusals);
    }

    private void row(
            int position,
            T record,
            Target target,
            Dialect dialect,
            long mostBytes,
            List<Row<T>> rows,
            List<Refusal<T>> refusals) {
        boolean isDeletion;
        try {
            isDeletion = deletion.test(record);
        } catch (RuntimeException e) {
            refusals.add(new Refusal<>(position, record, Optional.empty(), "the predicate of deletions threw " + e));
            return;
        }
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        long bytes = 0;
        for (int i = 0; i < values.length; i++) {
            TargetColumn column = target.columns().get(i);
            if (isDeletion && !column.isKey()) {
                continue;
            }
            try {
                Object value = dialect.convert(column, columns.get(i).value().apply(record));
                if (value == null && column.isKey()) {
                    throw new RefusedValueException("a key must not be null");
                }
                values[i] = value;
                bytes += dialect.bytes(value);
            } catch (RefusedValueException | RuntimeException e) {
                String reason =
                        e instanceof RefusedValueException ? String.valueOf(e.getMessage()) : "its function threw " + e;
                refusals.add(new Refusal<>(position, record, Optional.of(column.name()), reason));
                return;
            }
        }
        if (bytes > mostBytes) {
            refusals.add(new Refusal<>(
                    position,
                    record,
                    Optional.empty(),
                    "it takes " + bytes + " bytes, and the database takes " + mostBytes + " in a statement"));
            return;
        }
        rows.add(new Row<>(position, record, values, isDeletion, bytes));
    }
}
