// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.table;

import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** The values of one row, by name and by place. Immutable: the array given is not copied and must not be changed. */
public final class Row {

    private final Schema schema;
    private final @Nullable Object[] values;

    private Row(Schema schema, @Nullable Object[] values) {
        if (values.length != schema.size()) {
            throw new IllegalArgumentException(
                    "a row of " + values.length + " values for a schema of " + schema.size() + " columns");
        }
        this.schema = schema;
        this.values = values;
    }

    /** A row over {@code values}, one per column of {@code schema}, in order. */
    public static Row of(Schema schema, @Nullable Object... values) {
        return new Row(schema, values);
    }

    public Schema schema() {
        return schema;
    }

    public @Nullable Object get(int index) {
        return values[index];
    }

    /** The value of a column; see {@link Schema#field} for a name that is not there. */
    public @Nullable Object get(String name) {
        int index = schema.indexOf(name);
        if (index < 0) {
            schema.field(name);
        }
        return values[index];
    }

    public boolean isNull(String name) {
        return get(name) == null;
    }

    /** A number column's value. Integers become doubles, as Spark casts them. */
    public double getDouble(String name) {
        return present(name, Number.class).doubleValue();
    }

    public String getString(String name) {
        return present(name, String.class);
    }

    public Vector vector(String name) {
        return present(name, Vector.class);
    }

    private <T> T present(String name, Class<T> type) {
        Object value = get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("column \"" + name + "\" holds "
                    + (value == null ? "null" : value.getClass().getSimpleName()) + ", not " + type.getSimpleName());
        }
        return type.cast(value);
    }

    /** A copy of the values, in the order of the schema. */
    public @Nullable Object[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row && row.schema.equals(schema) && Arrays.equals(row.values, values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
