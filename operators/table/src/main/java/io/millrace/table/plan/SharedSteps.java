// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds steps that a query says twice, such as an aggregation that is joined with its own maximum: they become one step with two readers,
 * which is worked on, and kept, once.
 *
 * <p>Two steps are the same if all that they say is, down to the names of columns; functions of the user's are compared by their {@code equals}. What
 * an operator with state gives depends on whether another one comes after it, so only steps for which that is so alike are shared.
 */
public final class SharedSteps {

    private final OutputMode mode;
    private final Map<Place, QueryPlan> known = new HashMap<>();
    private final Map<QueryPlan, Integer> nodes = new HashMap<>();

    /** A step, and whether what it gives reaches the result without another operator with state. */
    private record Place(QueryPlan step, boolean last) {}

    private SharedSteps(OutputMode mode) {
        this.mode = mode;
    }

    /** The same query, in which equal steps are one object. */
    public static QueryPlan apply(QueryPlan plan, OutputMode mode) {
        return new SharedSteps(mode).share(plan, true);
    }

    private QueryPlan share(QueryPlan step, boolean last) {
        if (StepKinds.isFinite(step)) {
            return step;
        }
        boolean below = last && !StepKinds.isStateful(step, mode);
        QueryPlan shared = PlanRewrite.mapInputs(step, input -> share(input, below));
        if (shared instanceof QueryPlan.Watermark watermark) {
            shared = numbered(watermark);
        }
        return known.computeIfAbsent(new Place(shared, last), Place::step);
    }

    /** The watermarks of a query have numbers of their own each time that it reads a view; equal ones get one, from 0 without gaps. */
    private QueryPlan numbered(QueryPlan.Watermark step) {
        int node = nodes.computeIfAbsent(numbered(step, 0), any -> nodes.size());
        return numbered(step, node);
    }

    private static QueryPlan.Watermark numbered(QueryPlan.Watermark step, int node) {
        return new QueryPlan.Watermark(step.input(), node, step.column(), step.delayMicros(), step.schema());
    }
}
