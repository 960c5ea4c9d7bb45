// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

/** The named steps of the journey of a batch at which a fault may come. */
enum Hook {
    /** A block is cut; only the receiver's executor has it. */
    AFTER_SEAL,
    /** All copies of a block are there; the block manager does not know of it. */
    BEFORE_ADD,
    /** A block stands in the log; nobody knows. */
    AFTER_ADD,
    /** A block stands in the log; its sender is about to be told. */
    BEFORE_ACK,
    /** The blocks of a batch are chosen; the log is about to be told. */
    BEFORE_PLAN,
    /** The plan of a batch stands in the log. */
    AFTER_PLAN,
    /** An executor has its order for a batch. */
    ATTEMPT_START,
    /** An executor that stands by keeps the changes of state of another. */
    AFTER_DELTA,
    /** All work of a batch is done, and its output is staged. */
    AFTER_STAGE,
    /** The log is about to be told what came of a batch. */
    BEFORE_PREPARED,
    /** What came of a batch stands in the log. */
    AFTER_PREPARED,
    /** The first output is about to be given a batch. */
    SINK_BEGIN,
    /** The first output has the batch, the second one not. */
    SINK_PART_I,
    /** An output has committed and has not answered. */
    SINK_AFTER_COMMIT_BEFORE_REPLY,
    /** All outputs have the batch; the log is about to be told. */
    BEFORE_COMMITTED,
    /** It stands in the log that all outputs have the batch. */
    AFTER_COMMITTED,
    /** A part of the log with blocks that are processed is about to be deleted. */
    CLEAN_BLOCK,
    /** An old snapshot of the state is about to be deleted. */
    CLEAN_STATE,
    /** A snapshot is being written. */
    SNAP_WRITE,
    /** A snapshot is about to get its name. */
    SNAP_RENAME,
    /** At the start: the log is about to be claimed. */
    CLAIM_LINK,
    /** At the start: the log is being read. */
    REPLAY,
    /** At the start: the first part of the log of this run, which seals those before, is about to get its name. */
    SEAL_WRITE,
    /** The job is told to stop when all is done. */
    STOP;

    /** Whether a driver comes by only before it has executors. */
    boolean isAtStart() {
        return this == CLAIM_LINK || this == REPLAY || this == SEAL_WRITE;
    }

    /** Whether a job comes by only every few batches. */
    boolean isRare() {
        return isAtStart()
                || this == CLEAN_BLOCK
                || this == CLEAN_STATE
                || this == SNAP_WRITE
                || this == SNAP_RENAME
                || this == STOP;
    }

    /** As the design calls it: {@code afterSeal}. */
    String label() {
        StringBuilder label = new StringBuilder();
        for (String word : name().split("_", -1)) {
            label.append(
                    label.isEmpty() ? word.substring(0, 1).toLowerCase(java.util.Locale.ROOT) : word.substring(0, 1));
            label.append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return label.toString();
    }
}
