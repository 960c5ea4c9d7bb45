// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

/**
 * How the values of one class become bytes and come back.
 *
 * <p>A codec is used by many threads at once. It writes at least one byte for every value, so that a count can be
 * checked against the bytes that are left, and reads exactly what it wrote. It allocates no more than what it has read
 * calls for: a count it reads comes from {@link WireInput#readCount}.
 *
 * @param <T> the values, never null
 */
public interface Codec<T> {

    /** Appends a value. */
    void write(T value, WireOutput out);

    /**
     * Takes one value.
     *
     * @throws WireException if the bytes are not those of a value
     */
    T read(WireInput in);
}
