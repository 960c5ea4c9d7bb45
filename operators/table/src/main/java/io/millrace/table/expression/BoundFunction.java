// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.DataType;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function that knows the types it is called with.
 *
 * <p>The method is public, in a public class, and takes each argument in the form {@link DataType} says: the primitive for a type that has one if the function is
 * {@code strict} (it is then not called when an argument is null, and gives null), the boxed one otherwise. Arguments have been cast to
 * {@code parameters} before. It may throw {@link io.millrace.table.QueryExecutionException}.
 *
 * @param name the name in SQL
 * @param parameters the types the arguments are cast to
 * @param type what it gives
 * @param strict gives null when an argument is null, without being called
 * @param mayBeNull may give null although no argument is (the method then returns a boxed type)
 * @param target what the method is called on, such as a compiled pattern; null for a static method
 * @param method the method
 */
public record BoundFunction(
        String name,
        List<DataType> parameters,
        DataType type,
        boolean strict,
        boolean mayBeNull,
        @Nullable Object target,
        Method method) {

    public BoundFunction {
        parameters = List.copyOf(parameters);
    }
}
