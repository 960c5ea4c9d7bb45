// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

/** A step by which only a durable job comes, in the order in which a record does: a test may end or halt the process there. */
public enum DurablePoint {
    /** A block belongs to the job, and the log is about to be given it. */
    ADD_LOGGING,
    /** A block stands in the log; nobody knows yet. */
    ADD_LOGGED,
    /** It is known that a block stands; its receiver is about to be told. */
    ACKNOWLEDGING,
    /** It is decided which blocks are in a batch, and the log is about to be told. */
    PLAN_LOGGING,
    /** The plan of a batch stands in the log; nobody knows yet. */
    PLAN_LOGGED,
    /** All work on a batch is done, and the log is about to be told what came of it. */
    PREPARED_LOGGING,
    /** What came of a batch stands in the log; no output has been given it. */
    PREPARED_LOGGED,
    /** All outputs have a batch, and the log is about to be told. */
    COMMITTED_LOGGING,
    /** It stands in the log that all outputs have a batch. */
    COMMITTED_LOGGED,
    /** The job was told to stop when all is done, and nobody knows yet. */
    STOPPING
}
