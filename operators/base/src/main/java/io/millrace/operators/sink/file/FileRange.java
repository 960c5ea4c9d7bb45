// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

/**
 * Bytes of a file that belong to a batch.
 *
 * @param file the name of the file in the directory, with {@code /} after directories below that
 * @param from the first byte, from 0
 * @param to the byte after the last one
 * @param records how many records they are
 * @param crc32c the CRC32C of the bytes
 */
public record FileRange(String file, long from, long to, long records, int crc32c) {

    /** Checks that it is a range of a file in the directory or below it. */
    public FileRange {
        if (!isBelow(file)) {
            throw new IllegalArgumentException(
                    "file must be a plain name, perhaps with directories before it, but is '" + file + "'");
        }
        if (from < 0 || to < from || records < 0) {
            throw new IllegalArgumentException("a range must have 0 <= from <= to and records >= 0, but has from="
                    + from + " to=" + to + " records=" + records);
        }
    }

    /** True of names with {@code /} between them, none of which leads elsewhere. */
    static boolean isBelow(String path) {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.contains("\\") || name.startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes they are. */
    public long bytes() {
        return to - from;
    }
}
