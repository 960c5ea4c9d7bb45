// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

/**
 * Bounds of a log.
 *
 * @param segmentBytes from which size on a new segment is begun, at least 1
 * @param maxRecordBytes the largest payload of one record, 1 to 1 GiB
 * @param maxPendingBytes how much may wait to be committed; one record is always let in
 */
public record LogSettings(long segmentBytes, int maxRecordBytes, long maxPendingBytes) {

    /** Segments of 64 MiB, records up to 256 MiB, 256 MiB waiting. */
    public static final LogSettings DEFAULT = new LogSettings(64L << 20, 256 << 20, 256L << 20);

    /** Checks the bounds. */
    public LogSettings {
        if (segmentBytes < 1 || segmentBytes > 1L << 30) {
            throw new IllegalArgumentException("segmentBytes must be 1 to 2^30: " + segmentBytes);
        }
        if (maxRecordBytes < 1 || maxRecordBytes > 1 << 30) {
            throw new IllegalArgumentException("maxRecordBytes must be 1 to 2^30: " + maxRecordBytes);
        }
        if (maxPendingBytes < 1) {
            throw new IllegalArgumentException("maxPendingBytes must be at least 1: " + maxPendingBytes);
        }
    }
}
