// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.block.ExecutorId;
import java.util.Set;

/** What happens to a batch. */
public sealed interface BatchEvent {

    /** It is due; these input streams have receivers that run. */
    record Due(BatchTime batch, Set<Integer> streams) implements BatchEvent {}

    /** All that the stream received before the batch was due counts as received. */
    record Sealed(int stream, BatchTime batch) implements BatchEvent {}

    /** The receivers have had their time; what is not sealed yet goes into the next batch. */
    record SealOverdue(BatchTime batch) implements BatchEvent {}

    /** A receiver runs no more. */
    record StreamGone(int stream) implements BatchEvent {}

    /** The block manager has answered; these executors have something to do. */
    record Allocated(BatchTime batch, Set<ExecutorId> participants) implements BatchEvent {}

    /** An executor's part is done; its changes are sent to these others. */
    record Done(BatchTime batch, int attempt, ExecutorId executor, Set<ExecutorId> stagedBy, Set<Integer> failed)
            implements BatchEvent {}

    /** Changes made by one executor are kept by another. */
    record Staged(BatchTime batch, int attempt, ExecutorId from, ExecutorId by) implements BatchEvent {}

    /** An executor died. */
    record ExecutorLost(ExecutorId executor) implements BatchEvent {}

    /** The outputs are written, or have failed. */
    record Written(BatchTime batch) implements BatchEvent {}
}
