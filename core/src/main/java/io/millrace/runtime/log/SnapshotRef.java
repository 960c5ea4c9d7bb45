// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

/**
 * Points at a snapshot that is whole and on the disk. It counts once a record of the log holds it.
 *
 * @param id the file
 * @param through the number of the last record of the log that is in it; 0 or more
 * @param entries how many entries it has
 * @param length of the file in bytes
 * @param crc the CRC32C at its end, over all before
 */
public record SnapshotRef(SnapshotId id, long through, long entries, long length, int crc) {

    /** Checks the bounds. */
    public SnapshotRef {
        if (through < 0 || entries < 0 || length < 1) {
            throw new IllegalArgumentException(
                    "through >= 0, entries >= 0, length >= 1: " + through + ", " + entries + ", " + length);
        }
    }
}
