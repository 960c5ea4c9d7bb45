// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table and how its value is got from a record.
 *
 * <p>Values may be null, text, characters, enums (by their names), numbers, booleans, {@code byte[]}, {@link java.util.UUID}, the dates and
 * times of {@code java.time} and {@code java.sql}, an {@link java.util.Optional} of these, or what the driver takes. A moment (such as an
 * {@link java.time.Instant}) comes into a column without a time zone as its date and time in UTC, and a date and time without a zone
 * into a column with one as UTC.
 *
 * @param name letters, digits and {@code _}, not beginning with a digit, at most 63 characters; if the table has no column of exactly
 *     this name, case does not matter
 * @param value called for every record, by the thread that writes; must answer the same for the same record
 * @param isKey whether the column is part of what an upsert finds its row by
 * @param <T> records
 */
public record Column<T>(String name, Function<? super T, ? extends @Nullable Object> value, boolean isKey) {

    /** Checks the name. */
    public Column {
        Names.check("column", name);
    }

    /** A column of the key. The table must have a primary key or unique index of exactly the key columns. */
    public static <T> Column<T> key(String name, Function<? super T, ? extends @Nullable Object> value) {
        return new Column<>(name, value, true);
    }

    /** A column that is not part of the key. */
    public static <T> Column<T> column(String name, Function<? super T, ? extends @Nullable Object> value) {
        return new Column<>(name, value, false);
    }
}
