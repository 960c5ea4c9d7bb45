// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

/**
 * How records become text in a file, in UTF-8. It holds nothing that changes between records.
 *
 * @param <T> records
 */
public interface FileFormat<T> {

    /** How the names of the files end, without a dot, such as {@code csv}: letters and digits. */
    String extension();

    /** What stands at the beginning of every file, with its line end; it belongs to no batch. Default: nothing. */
    default String header() {
        return "";
    }

    /**
     * Appends a record with its line end.
     *
     * @throws IllegalArgumentException if the record cannot be written in this format, so that its batch fails
     */
    void append(T record, StringBuilder out);
}
