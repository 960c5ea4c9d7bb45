// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

/**
 * Makes one value of another.
 *
 * <p>Called by one task thread at a time; an instance is shared by all tasks and must not keep state of its own.
 *
 * @param <T> what comes in
 * @param <R> what goes out
 */
@FunctionalInterface
public interface MapFunction<T, R> {

    /** The value for {@code value}; whatever it throws is handled by the operator's {@code ErrorPolicy}. */
    R apply(T value) throws Exception;
}
