// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

/** The part of {@link Functions} with arrays, maps and structs. */
abstract class CollectionColumns extends TextColumns {

    CollectionColumns() {}

    /** Whether an array has an element. */
    public static Column array_contains(Column array, Object value) {
        return call("array_contains", array, value);
    }

    /** An element of an array by its place from 1, or the value of a key of a map. */
    public static Column element_at(Column collection, Object key) {
        return call("element_at", collection, key);
    }

    /** One row for each element of an array or entry of a map; none for an empty one. */
    public static Column explode(Column column) {
        return call("explode", column);
    }

    /** As {@link #explode}, but one row with null for none. */
    public static Column explode_outer(Column column) {
        return call("explode_outer", column);
    }

    /** As {@link #explode}, with the place from 0. */
    public static Column posexplode(Column column) {
        return call("posexplode", column);
    }

    /** One row for each struct of an array, with its fields as columns. */
    public static Column inline(Column column) {
        return call("inline", column);
    }

    /** How many elements there are. */
    public static Column size(Column column) {
        return call("size", column);
    }

    /** The elements in ascending order. */
    public static Column sort_array(Column column) {
        return call("sort_array", column);
    }

    /** The elements, equal ones once. */
    public static Column array_distinct(Column column) {
        return call("array_distinct", column);
    }

    /** The keys of a map. */
    public static Column map_keys(Column column) {
        return call("map_keys", column);
    }

    /** The values of a map. */
    public static Column map_values(Column column) {
        return call("map_values", column);
    }

    /** A struct of columns, with their names. */
    public static Column struct(Column... columns) {
        return call("struct", (Object[]) columns);
    }

    /** An array of values of one type. */
    public static Column array(Column... columns) {
        return call("array", (Object[]) columns);
    }
}
