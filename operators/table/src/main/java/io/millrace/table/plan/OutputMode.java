// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

/** Which rows of the result a batch brings. */
public enum OutputMode {
    /** Rows that are new and will not change. */
    APPEND,
    /** Rows that are new or have changed. */
    UPDATE,
    /** The whole result. */
    COMPLETE
}
