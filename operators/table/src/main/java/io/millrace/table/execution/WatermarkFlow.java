// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.plan.QueryPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;

/**
 * How the one watermark of a query gets to its operators with state: a place where the query sets a watermark gives it on, an operator with state may hold it back, and where inputs
 * come together the least of them counts.
 */
final class WatermarkFlow {

    private final QueryPlan plan;
    private final List<QueryPlan> operators;
    private final List<StatefulNode> nodes;
    private final IdentityHashMap<QueryPlan, Integer> places = new IdentityHashMap<>();

    /**
     * The flow in a plan.
     *
     * @param operators the operators with state, by number
     * @param nodes what is to be known of each
     */
    WatermarkFlow(QueryPlan plan, List<QueryPlan> operators, List<StatefulNode> nodes) {
        this.plan = plan;
        this.operators = List.copyOf(operators);
        this.nodes = List.copyOf(nodes);
        for (int i = 0; i < operators.size(); i++) {
            places.put(operators.get(i), i);
        }
    }

    /** The watermark at the input of each operator with state; 0 where there is none. */
    List<Long> at(long globalMicros) {
        Long[] inputs = new Long[operators.size()];
        Arrays.fill(inputs, 0L);
        descend(plan, globalMicros, inputs);
        return new ArrayList<>(Arrays.asList(inputs));
    }

    /**
     * The watermarks that rows move, by number, if one is set above another with no aggregation between them, which has no meaning once they have moved; otherwise none. Those
     * above operators with state are not among them.
     */
    List<Integer> redefined() {
        List<Integer> moved = new ArrayList<>();
        return isSetTwice(plan, false, moved) ? List.copyOf(moved) : List.of();
    }

    private boolean isSetTwice(QueryPlan step, boolean above, List<Integer> moved) {
        boolean watermark = step instanceof QueryPlan.Watermark;
        if (step instanceof QueryPlan.Watermark set && !isAboveState(step)) {
            moved.add(set.node());
        }
        boolean aggregation = step instanceof QueryPlan.Aggregate || step instanceof QueryPlan.SessionAggregate;
        boolean twice = watermark && above;
        for (QueryPlan input : step.inputs()) {
            twice |= isSetTwice(input, watermark || (above && !aggregation), moved);
        }
        return twice;
    }

    private boolean isAboveState(QueryPlan step) {
        return step.inputs().stream().anyMatch(input -> places.containsKey(input) || isAboveState(input));
    }

    boolean isClosedByWatermark(int operator) {
        return nodes.get(operator).isClosedByWatermark();
    }

    boolean runsWithoutRows(int operator) {
        return nodes.get(operator).runsWithoutRows();
    }

    private OptionalLong descend(QueryPlan step, long globalMicros, Long[] inputs) {
        OptionalLong least = OptionalLong.empty();
        for (QueryPlan input : step.inputs()) {
            OptionalLong one = descend(input, globalMicros, inputs);
            if (one.isPresent() && (least.isEmpty() || one.getAsLong() < least.getAsLong())) {
                least = one;
            }
        }
        if (step instanceof QueryPlan.Watermark) {
            return OptionalLong.of(globalMicros);
        }
        Integer place = places.get(step);
        if (place == null || least.isEmpty()) {
            return least;
        }
        inputs[place] = least.getAsLong();
        return nodes.get(place).outputWatermark(least.getAsLong());
    }
}
