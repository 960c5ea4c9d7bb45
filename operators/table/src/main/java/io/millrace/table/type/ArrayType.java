// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.type;

/**
 * Lists of values of one type.
 *
 * @param element the type of the elements
 * @param containsNull whether an element may be null
 */
public record ArrayType(DataType element, boolean containsNull) implements DataType {

    @Override
    public String sql() {
        return "array<" + element.sql() + ">";
    }

    @Override
    public String toString() {
        return sql();
    }
}
