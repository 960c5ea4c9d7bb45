// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.BatchTime;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.FailedRecord;
import io.millrace.operator.Guard;
import io.millrace.operator.RecordFailure;
import io.millrace.stream.StreamNode;
import org.jspecify.annotations.Nullable;

/** The guard of one node in one chain. */
final class NodeGuard implements Guard {

    private final StreamNode node;
    private final Chain chain;

    NodeGuard(StreamNode node, Chain chain) {
        this.node = node;
        this.chain = chain;
    }

    @Override
    public void failed(@Nullable Object record, Throwable cause) throws RecordFailure {
        if (cause instanceof RecordFailure failure) {
            throw failure;
        }
        if (cause instanceof VirtualMachineError fatal && !(cause instanceof StackOverflowError)) {
            throw fatal;
        }
        FailedRecord failed = describe(record, Excerpt.of(cause));
        switch (node.errors()) {
            case FAIL -> throw new RecordFailure(node.id(), failed, cause);
            case SKIP -> chain.counts().skipped();
            case DEAD_LETTER -> {
                chain.counts().deadLettered();
                chain.deadLetter(new DeadLetter(failed, record == null ? "null" : record));
            }
        }
    }

    FailedRecord describe(@Nullable Object record, String cause) {
        Position position = chain.position();
        BatchTime batch = chain.batchTime();
        return new FailedRecord(
                batch,
                position.block(),
                position.ordinal(),
                position.source(),
                node.name(),
                node.callSite().toString(),
                Excerpt.of(record),
                cause);
    }
}
