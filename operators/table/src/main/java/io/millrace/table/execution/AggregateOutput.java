// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

/** Which rows an aggregation gives in a batch. */
enum AggregateOutput {
    /** Groups that the watermark has closed, once. */
    CLOSED,
    /** Groups that have changed. */
    CHANGED,
    /** Groups that have changed, after what they were before is taken back. */
    CHANGES,
    /** The same, but groups are kept for ever: for complete mode. */
    KEPT_CHANGES,
    /** All groups; they are kept for ever. */
    ALL;

    /** Whether the watermark closes groups, and rows may be late. */
    boolean closes() {
        return this != ALL && this != KEPT_CHANGES;
    }

    /** Whether earlier rows are taken back. */
    boolean givesChanges() {
        return this == CHANGES || this == KEPT_CHANGES;
    }
}
