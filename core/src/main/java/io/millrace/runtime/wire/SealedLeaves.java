// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The classes at the ends of a sealed hierarchy. */
final class SealedLeaves {

    /** An order that is the same in all processes. */
    static final Comparator<Class<?>> ORDER =
            Comparator.<Class<?>, String>comparing(Class::getSimpleName).thenComparing(Class::getName);

    private SealedLeaves() {}

    /** What a sealed class permits, down to what is not sealed, in a stable order; any other class alone. */
    static List<Class<?>> of(Class<?> root) {
        Set<Class<?>> leaves = new LinkedHashSet<>();
        collect(root, leaves);
        List<Class<?>> sorted = new ArrayList<>(leaves);
        sorted.sort(ORDER);
        return List.copyOf(sorted);
    }

    private static void collect(Class<?> type, Collection<Class<?>> leaves) {
        if (type.isSealed() && !type.isEnum()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, leaves);
            }
        } else {
            leaves.add(type);
        }
    }
}
