// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import org.jspecify.annotations.Nullable;

/**
 * A lambda of a query, as the method of a function of higher order gets it in place of an argument. It is called with boxed values in the form
 * {@link io.millrace.table.type.DataType} says, and is of use only during the call of that method, on its thread.
 */
@FunctionalInterface
public interface ElementFunction {

    /**
     * What the lambda gives.
     *
     * @param first what it is called with; the lambda takes as many as it has parameters
     * @throws Exception what a function in the lambda throws
     */
    @Nullable
    Object apply(@Nullable Object first, @Nullable Object second, @Nullable Object third) throws Exception;

    /** What a lambda of one parameter gives. */
    default @Nullable Object apply(@Nullable Object only) throws Exception {
        return apply(only, null, null);
    }

    /** What a lambda of two parameters gives. */
    default @Nullable Object apply(@Nullable Object first, @Nullable Object second) throws Exception {
        return apply(first, second, null);
    }
}
