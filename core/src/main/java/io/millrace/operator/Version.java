// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * One version of a {@link Versioned} value.
 *
 * @param number 1 for the first, and so on
 * @param label what people call it
 * @param value the value
 * @param <T> the value
 */
public record Version<T>(long number, String label, T value) {}
