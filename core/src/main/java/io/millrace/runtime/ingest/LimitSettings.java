// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

/**
 * How fast one receiver may be read at most.
 *
 * @param maxRecords records per second; 0 = no limit
 * @param maxBytes bytes per second; 0 = no limit
 * @param initialRecords records per second until the driver says more, if that is less than {@code maxRecords}; 0 = no limit
 * @param rated true if the driver limits receivers by what the batches show
 */
public record LimitSettings(long maxRecords, long maxBytes, long initialRecords, boolean rated) {

    /** No limit at all. */
    public static final LimitSettings NONE = new LimitSettings(0, 0, 0, false);

    /** True if the records of text must be counted, which costs time. */
    boolean countsRecords() {
        return maxRecords > 0 || rated;
    }
}
