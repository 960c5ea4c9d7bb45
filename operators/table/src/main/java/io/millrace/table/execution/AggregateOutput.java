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
    /** All groups; they are kept for ever. */
    ALL
}
