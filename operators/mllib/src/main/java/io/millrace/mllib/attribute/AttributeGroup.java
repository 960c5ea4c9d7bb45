// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.attribute;

import java.util.ArrayList;
import java.util.Collections;
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

    /**
     * How many attributes a stage names one by one: 1,048,576. The metadata of larger vectors only says how many there are;
     * a group that is read from JSON cannot list more.
     */
    public static final int MOST = 1 << 20;

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

    /** The place of the attribute of that name, or -1; the last, if several have it. */
    public int indexOf(String attributeName) {
        if (attributes != null) {
            for (int i = attributes.size() - 1; i >= 0; i--) {
                if (attributeName.equals(attributes.get(i).name())) {
                    return i;
                }
            }
        }
        return -1;
    }

    /**
     * The group that {@link #toJson} writes so, as Spark reads it. Attributes that are not listed are numeric and have no
     * name.
     *
     * @throws IllegalArgumentException if it is none, or if it has more than {@link #MOST} attributes
     */
    public static AttributeGroup fromJson(String name, Map<?, ?> json) {
        MetadataReader reader = new MetadataReader(json);
        Integer size = reader.size("num_attrs");
        Map<?, ?> byKind = reader.object("attrs");
        if (byKind == null) {
            return new AttributeGroup(name, null, size);
        }
        if (size == null || size > MOST) {
            throw new IllegalArgumentException("num_attrs of column \"" + name + "\" is " + size + ", must be 0 to "
                    + MOST + " where there are attrs");
        }
        List<Attribute> attributes = new ArrayList<>(Collections.nCopies(size, Attribute.numeric()));
        for (Attribute.Kind kind : Attribute.Kind.values()) {
            for (Map<?, ?> listed : new MetadataReader(byKind).objects(kind.json())) {
                Attribute attribute = Attribute.fromJson(kind, listed);
                Integer index = attribute.index();
                if (index == null || index >= size) {
                    throw new IllegalArgumentException("an attribute of column \"" + name + "\" has idx " + index
                            + ", must be 0 to " + (size - 1));
                }
                attributes.set(index, attribute);
            }
        }
        return of(name, attributes);
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (attributes != null) {
            Map<String, List<Object>> byKind = new LinkedHashMap<>();
            for (Attribute attribute : attributes) {
                if (attribute.kind() != Attribute.Kind.UNRESOLVED
                        && !attribute.withIndex(null).equals(Attribute.numeric())) {
                    byKind.computeIfAbsent(attribute.kind().json(), kind -> new ArrayList<>())
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
