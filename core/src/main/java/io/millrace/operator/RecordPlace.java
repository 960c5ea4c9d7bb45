// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * Where the record that a task is at came from.
 *
 * @param block the block it came from, such as {@code input-0-0-17}: input stream, life of its receiver, number; {@code -} after an
 *     exchange, where a record has many origins
 * @param ordinal its number within the block, from 0; -1 after an exchange
 * @param position where its source had it, such as {@code 127.0.0.1:51234 byte 4711}; {@code -} if unknown
 */
public record RecordPlace(String block, long ordinal, String position) {

    /** Nothing is known. */
    public static final RecordPlace UNKNOWN = new RecordPlace("-", -1, "-");
}
