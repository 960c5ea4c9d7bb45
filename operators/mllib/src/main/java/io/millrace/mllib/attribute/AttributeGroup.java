// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.attribute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The features of a vector column, as Spark's {@code AttributeGroup}.
 *
 * @param name the column's name
 * @param attributes one per entry, with its index, or null if they are not known
 * @param numAttributes the size of the vectors where the attributes are not known, or null if that is not known either
 */
public record AttributeGroup(
        String name,
        @Nullable List<Attribute> attributes,
        @Nullable Integer numAttributes) implements ColumnAttributes {

    public AttributeGroup {
        if (attributes != null) {
            List<Attribute> indexed = new ArrayList<>(attributes.size());
            for (int i = 0; i < attributes.size(); i++) {
                indexed.add(attributes.get(i).withIndex(i));
            }
            attributes = List.copyOf(indexed);
        }
    }

    public static AttributeGroup unknown(String name) {
        return new AttributeGroup(name, null, null);
    }

    /** A group of which only the size is known. */
    public static AttributeGroup ofSize(String name, int size) {
        return new AttributeGroup(name, null, size);
    }

    public static AttributeGroup of(String name, List<Attribute> attributes) {
        return new AttributeGroup(name, attributes, null);
    }

    public AttributeGroup withName(String newName) {
        return new AttributeGroup(newName, attributes, numAttributes);
    }

    /** The size of the vectors, or -1 if it is not known. */
    public int size() {
        if (attributes != null) {
            return attributes.size();
        }
        return numAttributes == null ? -1 : numAttributes;
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (attributes != null) {
            Map<String, List<Object>> byKind = new LinkedHashMap<>();
            for (Attribute attribute : attributes) {
                if (!attribute.withIndex(null).equals(Attribute.numeric())) {
                    byKind.computeIfAbsent(attribute.kindName(), kind -> new ArrayList<>())
                            .add(attribute.toJson(false));
                }
            }
            json.put("attrs", byKind);
            json.put("num_attrs", (long) attributes.size());
        } else if (numAttributes != null) {
            json.put("num_attrs", (long) numAttributes);
        }
        return json;
    }
}
