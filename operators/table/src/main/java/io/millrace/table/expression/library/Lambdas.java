// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.MapValue;
import io.millrace.table.data.ValueOrder;
import io.millrace.table.expression.ElementFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Calls lambdas with the elements of arrays and the entries of maps. */
public final class Lambdas {

    private Lambdas() {}

    public static @Nullable Object[] transformed(@Nullable Object[] array, ElementFunction lambda) throws Exception {
        @Nullable Object[] result = new @Nullable Object[array.length];
        for (int i = 0; i < array.length; i++) {
            result[i] = lambda.apply(array[i]);
        }
        return result;
    }

    public static @Nullable Object[] transformedWithPlace(@Nullable Object[] array, ElementFunction lambda)
            throws Exception {
        @Nullable Object[] result = new @Nullable Object[array.length];
        for (int i = 0; i < array.length; i++) {
            result[i] = lambda.apply(array[i], i);
        }
        return result;
    }

    /** The elements for which the condition is true; not those for which it is null. */
    public static @Nullable Object[] filtered(@Nullable Object[] array, ElementFunction condition) throws Exception {
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object element : array) {
            if (Boolean.TRUE.equals(condition.apply(element))) {
                kept.add(element);
            }
        }
        return kept.toArray();
    }

    public static @Nullable Object[] filteredWithPlace(@Nullable Object[] array, ElementFunction condition)
            throws Exception {
        List<@Nullable Object> kept = new ArrayList<>();
        for (int i = 0; i < array.length; i++) {
            if (Boolean.TRUE.equals(condition.apply(array[i], i))) {
                kept.add(array[i]);
            }
        }
        return kept.toArray();
    }

    /** Whether the condition is true for some element; null if it is for none, but null for one. */
    public static @Nullable Boolean exists(@Nullable Object[] array, ElementFunction condition) throws Exception {
        return decided(array, condition, true);
    }

    /** Whether the condition is true for all elements; null if it is false for none, but null for one. */
    public static @Nullable Boolean forAll(@Nullable Object[] array, ElementFunction condition) throws Exception {
        return decided(array, condition, false);
    }

    private static @Nullable Boolean decided(@Nullable Object[] array, ElementFunction condition, boolean by)
            throws Exception {
        boolean unknown = false;
        for (Object element : array) {
            Object met = condition.apply(element);
            if (met == null) {
                unknown = true;
            } else if ((Boolean) met == by) {
                return by;
            }
        }
        return unknown ? null : Boolean.valueOf(!by);
    }

    /** What is there when each element has been added to the start; null if there is no array. */
    public static @Nullable Object folded(
            @Nullable Object @Nullable [] array, @Nullable Object start, ElementFunction merge) throws Exception {
        if (array == null) {
            return null;
        }
        Object sum = start;
        for (Object element : array) {
            sum = merge.apply(sum, element);
        }
        return sum;
    }

    /** As {@link #folded}, and what is made of that. */
    public static @Nullable Object foldedTo(
            @Nullable Object @Nullable [] array, @Nullable Object start, ElementFunction merge, ElementFunction finish)
            throws Exception {
        return array == null ? null : finish.apply(folded(array, start, merge));
    }

    /** Element by element; null in place of those that the shorter array has not. */
    public static @Nullable Object[] zipped(@Nullable Object[] left, @Nullable Object[] right, ElementFunction lambda)
            throws Exception {
        @Nullable Object[] result = new @Nullable Object[Math.max(left.length, right.length)];
        for (int i = 0; i < result.length; i++) {
            result[i] = lambda.apply(i < left.length ? left[i] : null, i < right.length ? right[i] : null);
        }
        return result;
    }

    /** The entries for which the condition is true. */
    public static MapValue filteredMap(MapValue map, ElementFunction condition) throws Exception {
        List<Object> keys = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            if (Boolean.TRUE.equals(condition.apply(map.keys()[i], map.values()[i]))) {
                keys.add(map.keys()[i]);
                values.add(map.values()[i]);
            }
        }
        return new MapValue(keys.toArray(), values.toArray());
    }

    public static MapValue transformedKeys(MapValue map, ElementFunction lambda) throws Exception {
        MapEntries entries = new MapEntries(map.size());
        for (int i = 0; i < map.size(); i++) {
            entries.put(lambda.apply(map.keys()[i], map.values()[i]), map.values()[i]);
        }
        return entries.toMap();
    }

    public static MapValue transformedValues(MapValue map, ElementFunction lambda) throws Exception {
        @Nullable Object[] values = new @Nullable Object[map.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = lambda.apply(map.keys()[i], map.values()[i]);
        }
        return new MapValue(map.keys(), values);
    }

    /** For each key of either map what is made of it and the values of both; null where a map has none. */
    public static MapValue zippedMaps(MapValue left, MapValue right, ElementFunction lambda) throws Exception {
        Map<Object, Integer> places = new TreeMap<>(ValueOrder::compare);
        List<Object> keys = new ArrayList<>(left.size() + right.size());
        for (int i = 0; i < left.size(); i++) {
            places.put(left.keys()[i], i);
            keys.add(left.keys()[i]);
        }
        int[] meets = new int[left.size() + right.size()];
        Arrays.fill(meets, -1);
        for (int i = 0; i < right.size(); i++) {
            Integer place = places.get(right.keys()[i]);
            meets[place == null ? keys.size() : place] = i;
            if (place == null) {
                keys.add(right.keys()[i]);
            }
        }
        @Nullable Object[] values = new @Nullable Object[keys.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = lambda.apply(
                    keys.get(i),
                    i < left.size() ? left.values()[i] : null,
                    meets[i] >= 0 ? right.values()[meets[i]] : null);
        }
        return new MapValue(keys.toArray(), values);
    }

    /** The elements in the order that the lambda says; equal ones as they were. */
    public static @Nullable Object[] sorted(@Nullable Object[] array, ElementFunction comparator) throws Exception {
        @Nullable Object[] result = array.clone();
        sort(array.clone(), result, 0, result.length, comparator);
        return result;
    }

    /** Merges, and so ends with any comparator, be it one that contradicts itself. */
    private static void sort(
            @Nullable Object[] from, @Nullable Object[] to, int start, int end, ElementFunction comparator)
            throws Exception {
        if (end - start < 2) {
            return;
        }
        int middle = (start + end) >>> 1;
        sort(to, from, start, middle, comparator);
        sort(to, from, middle, end, comparator);
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takesLeft = right >= end || (left < middle && compared(from[left], from[right], comparator) <= 0);
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }

    private static int compared(@Nullable Object left, @Nullable Object right, ElementFunction comparator)
            throws Exception {
        Object order = comparator.apply(left, right);
        if (order == null) {
            throw new QueryExecutionException(
                    "COMPARATOR_RETURNS_NULL",
                    "The comparator has returned a NULL for a comparison between " + left + " and " + right
                            + ". It should return a positive integer for \"greater than\", 0 for \"equal\" and a negative integer for \"less than\".");
        }
        return (Integer) order;
    }
}
