// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

/**
 * Makes any number of values of one.
 *
 * <p>Called by one task thread at a time; an instance is shared by all tasks and must not keep state of its own.
 *
 * @param <T> what comes in
 * @param <R> what goes out
 */
@FunctionalInterface
public interface FlatMapFunction<T, R> {

    /** The values for {@code value}, iterated once; none is an empty iterable. */
    Iterable<? extends R> apply(T value) throws Exception;
}
