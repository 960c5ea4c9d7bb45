// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

/**
 * One batch of the query.
 *
 * @param step the step it belongs to, from 0
 * @param late in ms: rows at or before it are late, the watermark of the batch before
 * @param watermark in ms: the one in force
 */
record Frame(int step, long late, long watermark) {}
