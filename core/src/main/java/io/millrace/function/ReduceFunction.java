// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

/**
 * Makes one value of two of the same type.
 *
 * <p>It must be associative and commutative: values meet in no promised order, first in the task that produced them,
 * then once more where their key lives.
 *
 * @param <T> the values
 */
@FunctionalInterface
public interface ReduceFunction<T> {

    /** The value that stands for both. */
    T apply(T left, T right) throws Exception;
}
