// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.type;

/**
 * Maps.
 *
 * @param key the type of the keys, which are never null
 * @param value the type of the values
 * @param containsNull whether a value may be null
 */
public record MapType(DataType key, DataType value, boolean containsNull) implements DataType {

    @Override
    public String sql() {
        return "map<" + key.sql() + "," + value.sql() + ">";
    }

    @Override
    public String toString() {
        return sql();
    }
}
