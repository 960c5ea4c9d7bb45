// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.type;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns of a table.
 *
 * @param fields the columns in order; names need not differ
 */
public record Schema(List<Field> fields) {

    public Schema {
        fields = List.copyOf(fields);
    }

    /** How many columns there are. */
    public int size() {
        return fields.size();
    }

    /** A column by its place, from 0. */
    public Field field(int index) {
        return fields.get(index);
    }

    /** The place of the first column of this name, without regard to case, or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Some of the columns, in the order asked for. */
    public Schema select(Collection<Integer> places) {
        return new Schema(places.stream().map(fields::get).toList());
    }

    /** As Spark writes it in DDL: {@code word string, n bigint}. */
    @Override
    public String toString() {
        return fields.stream()
                .map(field -> field.name() + " " + field.type().sql())
                .collect(Collectors.joining(", "));
    }
}
