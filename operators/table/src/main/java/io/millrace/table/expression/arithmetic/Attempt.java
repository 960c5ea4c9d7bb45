// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.arithmetic;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.FunctionCall;
import io.millrace.table.expression.Methods;
import org.jspecify.annotations.Nullable;

/** A function that gives null where another throws. Immutable. */
public final class Attempt {

    private final FunctionCall call;

    private Attempt(FunctionCall call) {
        this.call = call;
    }

    /** A function of this name that tries a function of two arguments. */
    static BoundFunction of(String name, BoundFunction function) {
        return new BoundFunction(
                name,
                function.parameters(),
                function.type(),
                true,
                true,
                new Attempt(FunctionCall.of(function)),
                Methods.only(Attempt.class, "call"));
    }

    /** The result, or null. */
    public @Nullable Object call(Object left, Object right) throws Exception {
        try {
            return call.call(new Object[] {left, right});
        } catch (QueryExecutionException e) {
            return null;
        }
    }
}
