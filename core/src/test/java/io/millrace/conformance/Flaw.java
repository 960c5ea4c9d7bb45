// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

/** What Spark gets wrong, or demands without need; each is a rule over programs, and {@link Reference} finds where it holds. */
enum Flaw {
    /** An inverse window whose slide exceeds its length: batches that no window holds are added and taken off, which leaves residue. */
    GAP_RESIDUE,
    /** A state that depends on a batch that failed: Spark computes that batch again for ever, and fails for ever. */
    POISONED_STATE,
    /** The function of a transform throws or returns null: Spark cannot generate the batch, and loses all its outputs. */
    LOST_OUTPUTS,
    /** A filter of an inverse window drops a key whose batches are still inside: Spark forgets the key and miscounts or fails later. */
    FORGOTTEN_KEY,
    /** State, inverse windows and checkpoint intervals demand a checkpoint directory. */
    DIRECTORY_DEMANDED
}
