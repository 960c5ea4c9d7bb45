// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

/** By which time the timers of a {@link StatefulProcessor} fire. */
public enum TimeMode {
    /** There are no timers. */
    NONE,
    /** By the time of the batch: a timer fires in the first batch at or after it. Values may expire. */
    PROCESSING_TIME,
    /** By the watermark: a timer fires in the first batch whose watermark is at or after it, and late rows are dropped. */
    EVENT_TIME
}
