// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a table, in order. Names are case-sensitive. Immutable. */
public final class Schema {

    private final List<Field> fields;
    private final Map<String, Integer> indices;

    private Schema(List<Field> fields) {
        this.fields = List.copyOf(fields);
        indices = new HashMap<>(2 * fields.size());
        for (int i = 0; i < fields.size(); i++) {
            indices.putIfAbsent(fields.get(i).name(), i);
        }
    }

    public static Schema of(List<Field> fields) {
        return new Schema(fields);
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    public List<Field> fields() {
        return fields;
    }

    public int size() {
        return fields.size();
    }

    public boolean contains(String name) {
        return indices.containsKey(name);
    }

    /** The place of a column, from 0, or -1 if there is none of that name; the first, if there are several. */
    public int indexOf(String name) {
        return indices.getOrDefault(name, -1);
    }

    public @Nullable Field find(String name) {
        Integer index = indices.get(name);
        return index == null ? null : fields.get(index);
    }

    /**
     * The column of that name.
     *
     * @throws IllegalArgumentException if there is none; the message names those there are
     */
    public Field field(String name) {
        Field field = find(name);
        if (field == null) {
            throw new IllegalArgumentException(
                    "column \"" + name + "\" does not exist, there are: " + String.join(", ", names()));
        }
        return field;
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** This schema with {@code field} in the place of the column of its name, or at the end. */
    public Schema with(Field field) {
        List<Field> changed = new ArrayList<>(fields);
        int index = indexOf(field.name());
        if (index < 0) {
            changed.add(field);
        } else {
            changed.set(index, field);
        }
        return new Schema(changed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Schema schema && schema.fields.equals(fields));
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
