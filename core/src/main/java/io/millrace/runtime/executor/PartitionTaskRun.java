// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Exchange;
import io.millrace.operator.RecordFailure;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.state.PairBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs the operators of one level over one partition. */
final class PartitionTaskRun {

    private final PhysicalPlan plan;
    private final PartitionStates states;
    private final Chain chain;
    private final BatchOrder order;
    private final List<Shuffle> arrived;
    private final Set<Integer> failed;

    /**
     * A run over rows that have arrived.
     *
     * @param failed operators whose batch is lost already, and all that depend on them
     */
    PartitionTaskRun(
            PhysicalPlan plan,
            PartitionStates states,
            Chain chain,
            BatchOrder order,
            List<Shuffle> arrived,
            Set<Integer> failed) {
        this.plan = plan;
        this.states = states;
        this.chain = chain;
        this.order = order;
        this.arrived = arrived;
        this.failed = failed;
    }

    /** Runs the operators and answers what changed in their state. */
    List<NodeState> run() throws Exception {
        chain.versions(order.versions());
        chain.begin(order.batch(), order.zero(), chain.partition());
        List<PartitionRoot> live = new ArrayList<>();
        for (PartitionRoot root : chain.roots()) {
            if (isDue(root)) {
                if (root.node().isStateful()) {
                    states.begin(root.node().id(), chain.partition());
                }
                root.begin();
                live.add(root);
            }
        }
        List<Integer> failedHere = new ArrayList<>();
        for (PartitionRoot root : live) {
            if (!plan.withDependants(failedHere).contains(root.node().id())) {
                try {
                    feed(root);
                    root.finish();
                } catch (RecordFailure failure) {
                    failedHere.add(failure.node());
                    chain.failed(failure);
                }
            }
        }
        chain.flush();
        return changes(live, plan.withDependants(failedHere));
    }

    private boolean isDue(PartitionRoot root) {
        boolean here = chain.partition() == 0 || root.node().partitioned().exchange() != Exchange.TO_ONE;
        return here && !failed.contains(root.node().id()) && chain.parentsHaveBatch(root.node());
    }

    private void feed(PartitionRoot root) throws Exception {
        int inputs = root.node().node().parents().size();
        for (int input = 0; input < inputs; input++) {
            List<PairBuffer> rows = new ArrayList<>();
            for (Shuffle shuffle : arrived) {
                if (shuffle.node() == root.node().id() && shuffle.input() == input) {
                    rows.add(shuffle.rows());
                }
            }
            root.feed(input, rows);
        }
    }

    private List<NodeState> changes(List<PartitionRoot> live, Set<Integer> failedHere) {
        List<NodeState> changes = new ArrayList<>();
        for (PartitionRoot root : live) {
            int node = root.node().id();
            if (root.node().isStateful() && !failedHere.contains(node)) {
                var delta = states.table(node, chain.partition()).delta();
                if (!delta.isEmpty()) {
                    changes.add(new NodeState(node, chain.partition(), delta));
                }
            }
        }
        return changes;
    }
}
