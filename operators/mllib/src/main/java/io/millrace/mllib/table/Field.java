// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.table;

import static java.util.Objects.requireNonNull;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.attribute.ColumnAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A column: its name, its type and what stages before have said of it.
 *
 * @param nullable what Spark's schema says; nothing is checked by it
 * @param attributes the {@code ml_attr} metadata, or null if there is none
 */
public record Field(
        String name,
        DataType type,
        boolean nullable,
        @Nullable ColumnAttributes attributes) {

    public Field {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
    }

    public static Field of(String name, DataType type) {
        return new Field(name, type, true, null);
    }

    /** A column without nulls, as Spark declares the results of functions that give a primitive number. */
    public static Field notNull(String name, DataType type) {
        return new Field(name, type, false, null);
    }

    public Field withName(String newName) {
        return new Field(newName, type, nullable, attributes);
    }

    public Field withAttributes(@Nullable ColumnAttributes newAttributes) {
        return new Field(name, type, nullable, newAttributes);
    }

    /** This column's metadata as that of a vector column, as Spark's {@code AttributeGroup.fromStructField} reads it. */
    public AttributeGroup attributeGroup() {
        return attributes instanceof AttributeGroup group ? group.withName(name) : AttributeGroup.unknown(name);
    }

    /** This column's metadata as that of a column of numbers, as Spark's {@code Attribute.fromStructField} reads it. */
    public Attribute attribute() {
        return attributes instanceof Attribute attribute
                ? (attribute.name() == null ? attribute.withName(name) : attribute)
                : (attributes == null ? Attribute.unresolved() : Attribute.numeric()).withName(name);
    }
}
