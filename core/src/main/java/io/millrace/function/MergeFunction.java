// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

/**
 * Takes one more value into what was made of others, as the middle function of Spark's {@code combineByKey} does.
 *
 * <p>Called by one task thread at a time; an instance is shared by all tasks and must not keep state of its own.
 *
 * @param <C> what is made of values
 * @param <V> values
 */
@FunctionalInterface
public interface MergeFunction<C, V> {

    /** What {@code combined} and {@code value} come to; may be {@code combined} itself, changed in place. */
    C apply(C combined, V value) throws Exception;
}
