// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

/** A rule of the durable protocol that is broken on purpose: the simulation has to find it. */
enum Mutant {
    /** Nothing is broken. */
    NONE,
    /** A driver does not see that a later one has claimed the log. */
    LOG_NOT_FENCED,
    /** What is written counts before it is on the disk. */
    ACKNOWLEDGED_BEFORE_DURABLE,
    /** When the plan of a batch is read again, all blocks that wait are forgotten, not only those of the plan. */
    REPLAY_CLEARS_QUEUE,
    /** The state of a batch is kept by the number of the batch only: a late attempt overwrites the one that won. */
    STATE_BY_BATCH,
    /** Outputs are written before the log says which attempt is the batch. */
    NO_DECISION,
    /** A batch counts as committed before its outputs have it. */
    COMMITTED_BEFORE_OUTPUT,
    /** An output writes a batch as often as it is told to. */
    OUTPUT_NOT_IDEMPOTENT,
    /** What a client sends again is taken again. */
    NO_CLIENT_DEDUPLICATION,
    /** Blocks are let go when the attempt ends, before the log knows of it. */
    BLOCKS_FREED_EARLY,
    /** An output that keeps the last value takes older batches, also from earlier runs. */
    LAST_VALUE_UNGUARDED,
    /** Planned blocks that are gone are left out without a word (SPARK-10210). */
    LOST_BLOCKS_FILTERED,
    /** A step that failed is only a warning. */
    FAILURE_IS_A_WARNING,
    /** What is cleaned up is needed still (FLINK-13941). */
    CLEANUP_DELETES_NEEDED
}
