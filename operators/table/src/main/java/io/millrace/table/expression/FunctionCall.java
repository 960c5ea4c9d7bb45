// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Calls a function with boxed values: for what generated code cannot name, and for what is not hot. Immutable. */
public final class FunctionCall {

    private final MethodHandle handle;
    private final String name;

    private FunctionCall(MethodHandle handle, String name) {
        this.handle = handle;
        this.name = name;
    }

    /** For calling this function. */
    public static FunctionCall of(BoundFunction function) {
        Method method = function.method();
        try {
            MethodHandle handle = MethodHandles.publicLookup().unreflect(method);
            if (function.target() != null) {
                handle = handle.bindTo(function.target());
            }
            int count = handle.type().parameterCount();
            MethodHandle spread =
                    handle.asFixedArity().asType(handle.type().generic()).asSpreader(Object[].class, count);
            return new FunctionCall(spread, function.name());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "The function '" + function.name() + "' must be a public method of a public class: " + method, e);
        }
    }

    /** The result for one row of arguments; {@code Object[]} in the place of a last parameter of variable arity. */
    public @Nullable Object call(@Nullable Object[] arguments) throws Exception {
        try {
            return (Object) handle.invokeExact(arguments);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The function '" + name + "' failed for " + Arrays.toString(arguments), e);
        }
    }
}
