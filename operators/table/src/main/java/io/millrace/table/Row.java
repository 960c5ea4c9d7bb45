// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.type.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table with values of Java: {@code Boolean}, {@code Byte}, {@code Short}, {@code Integer}, {@code Long}, {@code Float}, {@code Double}, {@code BigDecimal},
 * {@code String}, {@code byte[]}, {@code LocalDate} for date, {@code Instant} for timestamp, {@code Duration} and {@code Period} for intervals,
 * {@code List}, {@code Map} and, for a struct, {@code Row}; null where there is none. Immutable.
 */
public final class Row {

    private final @Nullable Schema schema;
    private final List<@Nullable Object> values;

    private Row(@Nullable Schema schema, List<@Nullable Object> values) {
        this.schema = schema;
        this.values = values;
    }

    /** A row without names. */
    public static Row of(@Nullable Object... values) {
        return new Row(null, Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values))));
    }

    /**
     * A row whose values have the names of a schema.
     *
     * @throws IllegalArgumentException if there are not as many values as columns
     */
    public static Row of(Schema schema, List<? extends @Nullable Object> values) {
        if (schema.size() != values.size()) {
            throw new IllegalArgumentException(
                    "a row has " + values.size() + " values, but its schema " + schema.size() + " columns: " + schema);
        }
        return new Row(schema, Collections.unmodifiableList(new ArrayList<>(values)));
    }

    /** The columns; null if the row was made without. */
    public @Nullable Schema schema() {
        return schema;
    }

    /** How many values there are. */
    public int size() {
        return values.size();
    }

    /** All values in order; some may be null. */
    public List<@Nullable Object> values() {
        return values;
    }

    /** A value by its place, from 0. */
    public @Nullable Object get(int index) {
        return values.get(Objects.checkIndex(index, values.size()));
    }

    /** Whether a value is null. */
    public boolean isNullAt(int index) {
        return get(index) == null;
    }

    /**
     * A value by the name of its column, without regard to case.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    // the caller says by T whether null may come
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    public <T extends @Nullable Object> T getAs(String name) {
        return (T) get(fieldIndex(name));
    }

    /**
     * The place of the first column of this name, from 0.
     *
     * @throws IllegalArgumentException if there is no such column, or the row has no names
     */
    public int fieldIndex(String name) {
        int index = schema == null ? -1 : schema.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "the row has no column `" + name + "`; it has " + (schema == null ? "no names" : schema));
        }
        return index;
    }

    /** A string. */
    public String getString(int index) {
        return value(index, String.class);
    }

    /** A boolean. */
    public boolean getBoolean(int index) {
        return value(index, Boolean.class);
    }

    /** An int. */
    public int getInt(int index) {
        return value(index, Integer.class);
    }

    /** A bigint. */
    public long getLong(int index) {
        return value(index, Long.class);
    }

    /** A double. */
    public double getDouble(int index) {
        return value(index, Double.class);
    }

    /** A decimal. */
    public BigDecimal getDecimal(int index) {
        return value(index, BigDecimal.class);
    }

    /** A timestamp. */
    public Instant getTimestamp(int index) {
        return value(index, Instant.class);
    }

    /** A date. */
    public LocalDate getDate(int index) {
        return value(index, LocalDate.class);
    }

    /** An array. */
    public List<?> getList(int index) {
        return value(index, List.class);
    }

    /** A map. */
    public Map<?, ?> getMap(int index) {
        return value(index, Map.class);
    }

    /** A struct, such as a window. */
    public Row getStruct(int index) {
        return value(index, Row.class);
    }

    private <T> T value(int index, Class<T> type) {
        Object value = get(index);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("value " + index + " of the row is "
                    + (value == null ? "null" : "a " + value.getClass().getSimpleName()) + ", not a "
                    + type.getSimpleName());
        }
        return type.cast(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** As Spark writes it: {@code [a,1,null]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",").append(values.get(i));
        }
        return text.append(']').toString();
    }
}
