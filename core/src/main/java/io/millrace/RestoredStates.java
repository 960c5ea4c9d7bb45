// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import io.millrace.operator.RestoredState;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.plan.PlanNode;
import io.millrace.runtime.state.StateDelta;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells the operators that ask for it what state they go on from. */
final class RestoredStates {

    private RestoredStates() {}

    /** Of the changes, which are in the order in which they are applied, the last of each key counts. */
    static void tell(PhysicalPlan plan, List<NodeState> states) {
        for (PlanNode node : plan.nodes()) {
            if (node.node().operator() instanceof RestoredState operator) {
                Map<Object, Object> last = new LinkedHashMap<>();
                states.stream().filter(state -> state.node() == node.id()).forEach(state -> apply(state.delta(), last));
                last.forEach(operator::restored);
            }
        }
    }

    private static void apply(StateDelta<Object, Object> delta, Map<Object, Object> states) {
        for (int row = 0; row < delta.size(); row++) {
            if (delta.isRemoved(row)) {
                states.remove(delta.key(row));
            } else {
                states.put(delta.key(row), delta.value(row));
            }
        }
    }
}
