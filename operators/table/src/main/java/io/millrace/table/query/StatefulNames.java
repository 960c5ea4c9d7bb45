// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import java.util.ArrayList;
import java.util.List;

/** The names under which Spark's progress has the operators with state, numbered as the figures of the execution are. */
final class StatefulNames {

    private StatefulNames() {}

    /** The names, from the sink towards the sources, left before right. */
    static List<String> of(QueryPlan plan, OutputMode mode) {
        List<String> names = new ArrayList<>();
        collect(plan, mode, names);
        return List.copyOf(names);
    }

    private static void collect(QueryPlan step, OutputMode mode, List<String> names) {
        if (isFinite(step)) {
            return;
        }
        if (step instanceof QueryPlan.Aggregate) {
            names.add("stateStoreSave");
        } else if (step instanceof QueryPlan.SessionAggregate) {
            names.add("sessionWindowStateStoreSaveExec");
        } else if (step instanceof QueryPlan.Deduplicate deduplicate) {
            names.add(deduplicate.withinWatermark() ? "dedupeWithinWatermark" : "dedupe");
        } else if (step instanceof QueryPlan.Join join && !isFinite(join.left()) && !isFinite(join.right())) {
            names.add("symmetricHashJoin");
        } else if (step instanceof QueryPlan.Limit && mode != OutputMode.COMPLETE) {
            names.add("globalLimit");
        } else if (step instanceof QueryPlan.TopN) {
            names.add("topN");
        } else if (step instanceof QueryPlan.Stateful stateful) {
            names.add(stateful.function().name());
        }
        step.inputs().forEach(input -> collect(input, mode, names));
    }

    private static boolean isFinite(QueryPlan step) {
        return step instanceof QueryPlan.Scan scan
                ? !scan.streaming()
                : step.inputs().stream().allMatch(StatefulNames::isFinite);
    }
}
