// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * How the values of a class become bytes and come back, for classes whose components the engine cannot write by itself. Called by many threads
 * at once.
 *
 * @param <T> values
 */
public interface WireForm<T> {

    /** The bytes of a value, which must hold all of it. */
    byte[] toBytes(T value);

    /**
     * The value of such bytes.
     *
     * @throws IllegalArgumentException if the bytes are none of a value's; the message says what was expected
     */
    T fromBytes(byte[] bytes);
}
