// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

/**
 * Says whether a record stays in the stream.
 *
 * @param <T> the record
 */
@FunctionalInterface
public interface FilterFunction<T> {

    /** True if {@code value} stays. */
    boolean test(T value) throws Exception;
}
