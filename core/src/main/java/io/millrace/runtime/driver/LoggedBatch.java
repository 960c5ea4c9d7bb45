// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

/**
 * What the log calls a batch, for outputs.
 *
 * @param number the number of the batch, from 1; that of the next batch if this one leaves no trace
 * @param claims how the outputs are claimed for this run of the job
 * @param leavesTrace whether it stands in the log; if not, the number is that of another batch, and it has no records
 */
record LoggedBatch(long number, OutputClaims claims, boolean leavesTrace) {}
