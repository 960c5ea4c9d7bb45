// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import io.millrace.operator.Pair;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds, before a job starts, components of users' records that could not be sent or could not be put back. */
final class ComponentCheck {

    private static final Set<Class<?>> CONTAINERS =
            Set.of(Collection.class, List.class, Set.class, Map.class, Optional.class, Pair.class);

    private final Set<Class<?>> registered;

    ComponentCheck(Set<Class<?>> registered) {
        this.registered = registered;
    }

    void check(RecordShape shape) {
        for (int i = 0; i < shape.size(); i++) {
            Class<?> type = shape.component(i).getType();
            if ((type.isRecord() || type.isEnum()) && !isKnown(type)) {
                throw new IllegalArgumentException("The " + shape.place(i) + " is of " + type.getTypeName()
                        + ", which is not registered; add register(" + type.getSimpleName() + ".class)");
            }
            if (!isKnown(type) && !mayHoldValues(type)) {
                throw new IllegalArgumentException("The " + shape.place(i) + " is of " + type.getTypeName()
                        + ", which cannot be sent; declare it as a record, an enum, List, Set, Map, Optional, Pair,"
                        + " byte[], int[], long[], double[], a primitive or a plain value of java.lang, java.math,"
                        + " java.time or java.util");
            }
        }
    }

    private boolean isKnown(Class<?> type) {
        return CONTAINERS.contains(type) || registered.contains(type) || Scalars.of(type) != null;
    }

    /** True of {@code Object}, {@code Number}, {@code Comparable} and the like: what is sendable may be one. */
    private static boolean mayHoldValues(Class<?> type) {
        boolean special = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
        return type == Object.class || type == Number.class || type == Record.class || (type.isInterface() && !special);
    }
}
