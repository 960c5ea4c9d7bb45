// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

/** A step of the protocol after which an executor may die, in the order in which a record comes by them. */
public enum CrashPoint {
    /** A block is cut and kept by the receiver's executor, by nobody else. */
    BLOCK_CUT,
    /** All copies of a block are confirmed; the block manager does not know of it yet. */
    REPLICA_STORED,
    /** The block manager knows a block: it counts as received. */
    BLOCK_ADDED,
    /** An executor has its order for a batch and has done nothing yet. */
    BATCH_STARTED,
    /** A task is done; nothing has come of it yet. */
    TASK_DONE,
    /** An executor that stands by keeps the changes of another, and has not said so yet. */
    CHANGES_STAGED,
    /** All work is done and all changes are kept; no output is written yet. */
    BEFORE_OUTPUT,
    /** Outputs are written; no executor knows that the batch counts. */
    BEFORE_COMMIT,
    /** All executors are told that the batch counts. */
    AFTER_COMMIT,
    /** An executor has got the state that it lacked, and has not said so yet. */
    STATE_INSTALLED
}
