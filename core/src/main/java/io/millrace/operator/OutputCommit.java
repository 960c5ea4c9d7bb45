// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * Names a part of a batch at a transactional output. A part has the same name, and the same records, however often it is written.
 *
 * @param claim who writes
 * @param batch the number of the batch: one more than the one before, from 1; the time of the batch in milliseconds in a job without
 *     a checkpoint directory
 * @param time the end of the batch
 * @param partition which part of it, from 0
 */
public record OutputCommit(OutputClaim claim, long batch, BatchTime time, int partition) {

    /** Checks the numbers. */
    public OutputCommit {
        if (batch < 0 || partition < 0) {
            throw new IllegalArgumentException(
                    "batch and partition must be >= 0, but are " + batch + " and " + partition);
        }
    }

    /** {@code batch 17 (partition 0) of output counts of job words}, for messages. */
    public String describe() {
        return "batch " + batch + " (partition " + partition + ") of output " + claim.output() + " of job "
                + claim.job();
    }
}
