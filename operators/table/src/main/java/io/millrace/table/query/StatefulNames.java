// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.StepKinds;
import java.util.ArrayList;
import java.util.List;

/** The names under which Spark's progress has the operators with state, numbered as the figures of the execution are. */
final class StatefulNames {

    private StatefulNames() {}

    /** The names, from the sink towards the sources, left before right; a step with two readers has one. */
    static List<String> of(QueryPlan plan, OutputMode mode) {
        List<QueryPlan> stateful = new ArrayList<>();
        collect(plan, mode, stateful);
        return stateful.stream().map(StatefulNames::name).toList();
    }

    private static void collect(QueryPlan step, OutputMode mode, List<QueryPlan> stateful) {
        if (StepKinds.isFinite(step)) {
            return;
        }
        if (StepKinds.isStateful(step, mode)) {
            if (stateful.stream().anyMatch(known -> known == step)) {
                return;
            }
            stateful.add(step);
        }
        step.inputs().forEach(input -> collect(input, mode, stateful));
    }

    private static String name(QueryPlan step) {
        if (step instanceof QueryPlan.Aggregate) {
            return "stateStoreSave";
        } else if (step instanceof QueryPlan.SessionAggregate) {
            return "sessionWindowStateStoreSaveExec";
        } else if (step instanceof QueryPlan.Deduplicate deduplicate) {
            return deduplicate.withinWatermark() ? "dedupeWithinWatermark" : "dedupe";
        } else if (step instanceof QueryPlan.Join) {
            return "symmetricHashJoin";
        } else if (step instanceof QueryPlan.Limit) {
            return "globalLimit";
        } else if (step instanceof QueryPlan.TopN) {
            return "topN";
        } else if (step instanceof QueryPlan.Stateful stateful) {
            return stateful.function().name();
        }
        throw new IllegalStateException("there is no state in " + step);
    }
}
