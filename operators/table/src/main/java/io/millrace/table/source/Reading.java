// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

/** How much of a source a query wants. */
public enum Reading {
    /** What is there and what comes, for ever. */
    FOR_EVER,
    /** What is there when the query starts, in batches as large as the options of the source say. */
    AVAILABLE_NOW,
    /** What is there when the query starts, in one batch. */
    ONCE
}
