// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static io.millrace.conformance.UnaryFunctions.pair;

import io.millrace.operator.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/**
 * A window that is kept up to date: what leaves is taken off by the inverse function, what comes is added.
 *
 * <p>It differs from Spark's in what cannot be right: it takes off exactly what it has added, whatever the slide; it fails while it
 * holds a batch that failed, and no longer; the filter decides what is answered, but a key is forgotten only when none of its batches is
 * in the window.
 */
final class ReferenceWindow {

    private final BinaryOperator<Object> function;
    private final BinaryOperator<Object> inverse;
    private final Predicate<Object> filter;
    private Map<Object, Object> values = new LinkedHashMap<>();
    private SortedMap<Long, Map<Object, Object>> held = new TreeMap<>();
    private boolean droppedEarly;

    ReferenceWindow(BinaryOperator<Object> function, BinaryOperator<Object> inverse, Predicate<Object> filter) {
        this.function = function;
        this.inverse = inverse;
        this.filter = filter;
    }

    /**
     * The aggregates of the window that holds these batches.
     *
     * @param batches the pairs of each batch by its time
     */
    List<Object> move(SortedMap<Long, List<Object>> batches) {
        SortedMap<Long, Map<Object, Object>> current = new TreeMap<>();
        batches.forEach((time, records) -> current.put(time, reduced(records)));
        Map<Object, Object> next = new LinkedHashMap<>();
        List<Object> answer = new ArrayList<>();
        boolean early = false;
        for (Object key : keys(current)) {
            Object value = value(key, current);
            boolean inside = current.values().stream().anyMatch(batch -> batch.containsKey(key));
            boolean wanted = filter.test(Pair.of(key, value));
            if (wanted) {
                answer.add(Pair.of(key, value));
            }
            if (wanted || inside) {
                next.put(key, value);
            }
            early |= inside && !wanted;
        }
        values = next;
        held = current;
        droppedEarly |= early;
        return answer;
    }

    /** True if the filter dropped a key while a batch of it was still in the window. */
    boolean droppedEarly() {
        return droppedEarly;
    }

    private Map<Object, Object> reduced(List<Object> records) {
        Map<Object, Object> reduced = new LinkedHashMap<>();
        for (Object record : ReferenceOperators.reduceByKey(records, function)) {
            reduced.put(pair(record).key(), pair(record).value());
        }
        return reduced;
    }

    private Object value(Object key, SortedMap<Long, Map<Object, Object>> current) {
        List<Object> left = only(held, current, key);
        List<Object> came = only(current, held, key);
        if (!values.containsKey(key)) {
            return reduce(came);
        }
        Object value = values.get(key);
        if (!left.isEmpty()) {
            value = inverse.apply(value, reduce(left));
        }
        return came.isEmpty() ? value : function.apply(value, reduce(came));
    }

    private Object reduce(List<Object> some) {
        return some.stream().reduce(function).orElseThrow();
    }

    private static List<Object> only(
            SortedMap<Long, Map<Object, Object>> of, SortedMap<Long, Map<Object, Object>> without, Object key) {
        List<Object> only = new ArrayList<>();
        of.forEach((time, batch) -> {
            if (!without.containsKey(time) && batch.containsKey(key)) {
                only.add(batch.get(key));
            }
        });
        return only;
    }

    private Set<Object> keys(SortedMap<Long, Map<Object, Object>> current) {
        Set<Object> keys = new LinkedHashSet<>(values.keySet());
        current.values().forEach(batch -> keys.addAll(batch.keySet()));
        return keys;
    }
}
