// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

import java.util.List;
import java.util.OptionalLong;

/**
 * An output that writes a batch wholly or not at all, and once, however often it is told to: with a checkpoint directory its effect is
 * exactly once. Any other output is at least once: after a crash it may be given the last batch again.
 *
 * <p>What it promises:
 *
 * <ul>
 *   <li>{@link #commit} is atomic, and idempotent by (job, output, batch, partition): a part that is there already is not written
 *       again. When its outcome is not known, because a reply was lost, it throws and is called again, and then finds out.
 *   <li>It is fenced: when an epoch was {@linkplain #claim claimed}, no commit of a lower epoch has any effect, also if that commit
 *       began before the claim and ends after it.
 *   <li>Batches come in their order. A commit of a batch lower than the newest one of this partition changes nothing.
 * </ul>
 *
 * <p>All methods are called on the driver's output thread, one at a time, and may block. {@code testkit.TransactionalOutputContract}
 * checks all of this.
 *
 * @param <T> records
 */
public interface TransactionalOutput<T> extends OutputOperator<T> {

    /**
     * Claims the output for an epoch, before the first commit of that epoch. A claim may be repeated.
     *
     * @return the number of the newest batch of this job and output that it has, of any partition; empty if it has none
     * @throws OutputFencedException if a higher epoch has claimed it
     * @throws OutputRefusedException if it can never be claimed, as when it belongs to another job; the job fails
     * @throws Exception if it cannot be reached; it is called again
     */
    OptionalLong claim(OutputClaim claim) throws Exception;

    /**
     * Writes a part of a batch, unless it is there. If the epoch has not been claimed by this instance yet, claims it first.
     *
     * @param records all records of the part, unmodifiable, perhaps none
     * @return false if it was there already
     * @throws OutputFencedException if a higher epoch has claimed the output
     * @throws OutputRefusedException if it can never be written, as with a record that does not fit; the job fails, and its next run
     *     begins with this batch
     * @throws Exception if it was not written, or if that is not known; the same call is made again
     */
    boolean commit(OutputCommit commit, List<T> records) throws Exception;

    /**
     * Writes a batch of a job without a checkpoint directory: at once, without a number, and again if it is told again. It does not
     * fence, and is not fenced.
     */
    @Override
    void write(BatchTime time, List<T> records) throws Exception;
}
