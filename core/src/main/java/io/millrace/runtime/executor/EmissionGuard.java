// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Guard;
import io.millrace.operator.RecordFailure;
import io.millrace.runtime.plan.PlanNode;
import org.jspecify.annotations.Nullable;

/**
 * The guard of what a node emits out of its state. Where the policy is to fail, whoever takes the node's records fails in this batch;
 * the node itself does not, so that its state goes on with what came in the batch.
 */
final class EmissionGuard implements Guard {

    private final PlanNode node;
    private final Chain chain;
    private final NodeGuard guard;

    EmissionGuard(PlanNode node, Chain chain, NodeGuard guard) {
        this.node = node;
        this.chain = chain;
        this.guard = guard;
    }

    @Override
    public void failed(@Nullable Object record, Throwable cause) throws RecordFailure {
        try {
            guard.failed(record, cause);
        } catch (RecordFailure failure) {
            throw failure.node() == node.id() ? ofConsumers(failure) : failure;
        }
    }

    /** The failure of the last consumer; the others have failed when this returns. */
    private RecordFailure ofConsumers(RecordFailure failure) {
        RecordFailure last = failure;
        for (PlanNode.Consumer consumer : node.consumers()) {
            if (last.node() != node.id()) {
                chain.failed(last);
            }
            Throwable cause = failure.getCause();
            last = new RecordFailure(consumer.node(), failure.failed(), cause == null ? failure : cause);
        }
        return last;
    }
}
