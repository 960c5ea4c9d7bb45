// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeFailure;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The batches that windows have lost to failures. As long as a window reaches back to one, it is not whole, and whatever depends on it
 * fails with it; the window itself goes on, and is whole again when the lost batch has left it. Used by the driver's thread only.
 */
final class LostBatches {

    private final BatchTime zero;
    private final List<PlanNode> windows;
    private final List<LostBatch> lost = new ArrayList<>();

    /** Those that the windows of this plan have lost before its first batch. */
    LostBatches(PhysicalPlan plan, BatchTime zero, List<LostBatch> before) {
        this.zero = zero;
        this.windows = plan.nodes().stream()
                .filter(node -> node.isPartitioned() && node.partitioned().reach() > 1)
                .toList();
        lost.addAll(before);
    }

    /** All that windows reach back to. */
    List<LostBatch> all() {
        return List.copyOf(lost);
    }

    /**
     * The failures of a batch that come from lost ones: of all who take the records of a window that is not whole.
     *
     * @param current the plan of the batch
     */
    List<NodeFailure> heldIn(BatchTime batch, PhysicalPlan current) {
        List<NodeFailure> failures = new ArrayList<>();
        for (LostBatch one : lost) {
            PlanNode window = current.node(one.window());
            if (reachesBack(one, batch, current) && current.hasBatch(window, batch, zero)) {
                for (PlanNode.Consumer consumer : window.consumers()) {
                    failures.add(new NodeFailure(
                            consumer.node(),
                            one.failure().failed(),
                            one.failure().cause()));
                }
            }
        }
        return failures;
    }

    /** A batch, with its plan, is done; windows have lost it if they, or what they depend on, are among the failures. */
    void batchDone(BatchTime batch, PhysicalPlan current, List<NodeFailure> failures) {
        lost.removeIf(one -> !reachesBack(one, batch, current));
        for (NodeFailure failure : failures) {
            Set<Integer> failed = current.withDependants(List.of(failure.node()));
            for (PlanNode window : windows) {
                if (failed.contains(window.id())
                        && current.parentsHaveBatch(window, batch, zero)
                        && lost.stream().noneMatch(one -> one.isOf(window.id(), batch))) {
                    lost.add(new LostBatch(window.id(), batch, failure));
                }
            }
        }
    }

    private static boolean reachesBack(LostBatch one, BatchTime batch, PhysicalPlan plan) {
        PlanNode window = plan.node(one.window());
        long reach = window.partitioned().reach() * plan.parentSlideMillis(window);
        return one.batch().millis() > batch.millis() - reach;
    }
}
