// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/** What an operator does with a record on which its function throws. */
public enum ErrorPolicy {
    /** The outputs that depend on the operator fail for this batch; others and later batches go on. The default. */
    FAIL,
    /** The record is left out and counted. */
    SKIP,
    /** The record is left out, counted, and put with its place and cause into the stream of dead letters. */
    DEAD_LETTER
}
