// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.type;

/**
 * A column of a schema or a field of a struct.
 *
 * @param name its name; names are found without regard to case
 * @param type its type
 * @param nullable whether it may be null
 * @param eventTime whether a watermark is on it: its own if it is a timestamp, that of its end if it is a window
 */
public record Field(String name, DataType type, boolean nullable, boolean eventTime) {

    /** A field that may be null and has no watermark. */
    public static Field of(String name, DataType type) {
        return new Field(name, type, true, false);
    }
}
