// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.DataType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds public methods by name, to bind functions to. */
public final class Methods {

    private Methods() {}

    /** The public method of this name, of which the class must have one only. */
    public static Method only(Class<?> owner, String name) {
        List<Method> found = Arrays.stream(owner.getMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge())
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(owner + " has " + found.size() + " public methods '" + name + "'");
        }
        return found.get(0);
    }

    /** A strict function that never gives null for arguments that are not null. */
    public static BoundFunction strict(
            String name,
            List<? extends DataType> parameters,
            DataType type,
            @Nullable Object target,
            Class<?> owner,
            String method) {
        return new BoundFunction(name, List.copyOf(parameters), type, true, false, target, only(owner, method));
    }

    /** A strict static function that never gives null for arguments that are not null. */
    public static BoundFunction strict(
            String name, List<? extends DataType> parameters, DataType type, Class<?> owner, String method) {
        return strict(name, parameters, type, null, owner, method);
    }
}
