// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.type;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Named fields in order.
 *
 * @param fields the fields
 */
public record StructType(List<Field> fields) implements DataType {

    public StructType {
        fields = List.copyOf(fields);
    }

    @Override
    public String sql() {
        return fields.stream()
                .map(field -> field.name() + ":" + field.type().sql())
                .collect(Collectors.joining(",", "struct<", ">"));
    }

    @Override
    public String toString() {
        return sql();
    }
}
