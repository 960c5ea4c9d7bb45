// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * A {@link Versioned} value as one step sees it. To ask costs the read of a field; the answer changes between batches only.
 *
 * @param <T> the value
 */
public interface Current<T> {

    /** The value in the batch that is being processed; only while one is. */
    T value();

    /** The same with its number and its label. */
    Version<T> version();
}
