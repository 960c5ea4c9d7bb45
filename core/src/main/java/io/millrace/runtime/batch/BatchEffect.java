// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import io.millrace.operator.BatchTime;
import java.util.Set;

/** What is to be done because of a {@link BatchEvent}. */
public sealed interface BatchEffect {

    /** Ask the receivers of these streams to cut what they have. */
    record AskSeal(BatchTime batch, Set<Integer> streams) implements BatchEffect {}

    /** Ask the block manager for the blocks of the batch. */
    record Allocate(BatchTime batch) implements BatchEffect {}

    /** Have the executors work on the blocks that were allocated. */
    record Run(BatchTime batch, int attempt) implements BatchEffect {}

    /** Write the outputs, but for those of failed operators. */
    record Write(BatchTime batch, Set<Integer> failed) implements BatchEffect {}

    /** Make the changes of state lasting, but for those of failed operators, and let the blocks go. */
    record Commit(BatchTime batch, int attempt, Set<Integer> failed) implements BatchEffect {}
}
