// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

/**
 * Makes one value of another and of a versioned one.
 *
 * <p>Called by one task thread at a time; an instance is shared by all tasks and must not keep state of its own.
 *
 * @param <V> the versioned value
 * @param <T> what comes in
 * @param <R> what goes out
 */
@FunctionalInterface
public interface MapWithFunction<V, T, R> {

    /**
     * The value for {@code value}; whatever it throws is handled by the operator's {@code ErrorPolicy}.
     *
     * @param version the versioned value as it is in this batch; not to be changed
     * @param value what comes in
     */
    R apply(V version, T value) throws Exception;
}
