// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

/** Which watermark holds if a query has several. */
public enum WatermarkPolicy {
    /** The least: no input can be overtaken. The default. */
    MIN,
    /** The greatest: no input can hold the others up. */
    MAX
}
