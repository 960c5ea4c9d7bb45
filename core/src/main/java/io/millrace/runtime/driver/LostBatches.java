// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
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

    private final PhysicalPlan plan;
    private final BatchTime zero;
    private final List<PlanNode> windows;
    private final List<LostBatch> lost = new ArrayList<>();

    /** Those that the windows of this plan have lost before its first batch. */
    LostBatches(PhysicalPlan plan, BatchTime zero, List<LostBatch> before) {
        this.plan = plan;
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

    /** The failures of a batch that come from lost ones: of all who take the records of a window that is not whole. */
    List<NodeFailure> heldIn(BatchTime batch) {
        List<NodeFailure> failures = new ArrayList<>();
        for (LostBatch one : lost) {
            PlanNode window = plan.node(one.window());
            if (reachesBack(one, batch) && plan.hasBatch(window, batch, zero)) {
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

    /** A batch is done; windows have lost it if they, or what they depend on, are among the failures. */
    void batchDone(BatchTime batch, List<NodeFailure> failures) {
        lost.removeIf(one -> !reachesBack(one, batch));
        for (NodeFailure failure : failures) {
            Set<Integer> failed = plan.withDependants(List.of(failure.node()));
            for (PlanNode window : windows) {
                if (failed.contains(window.id())
                        && plan.parentsHaveBatch(window, batch, zero)
                        && lost.stream().noneMatch(one -> one.isOf(window.id(), batch))) {
                    lost.add(new LostBatch(window.id(), batch, failure));
                }
            }
        }
    }

    private boolean reachesBack(LostBatch one, BatchTime batch) {
        PlanNode window = plan.node(one.window());
        long reach = window.partitioned().reach() * plan.parentSlideMillis(window);
        return one.batch().millis() > batch.millis() - reach;
    }
}
