// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;

/** Rewrites trees: conditions go towards the sources, but never past a watermark, and projections become one. */
final class Optimizer {

    // each rule by itself: Calcite's list of all rules loads nine hundred classes
    private static final HepProgram PROGRAM = HepProgram.builder()
            .addMatchOrder(HepMatchOrder.TOP_DOWN)
            .addRuleCollection(List.<RelOptRule>of(
                    FilterMergeRule.Config.DEFAULT.toRule(),
                    FilterProjectTransposeRule.Config.DEFAULT.toRule(),
                    FilterSetOpTransposeRule.Config.DEFAULT.toRule(),
                    intoJoin(),
                    belowJoin(),
                    FilterStepRule.INSTANCE))
            .addRuleCollection(List.<RelOptRule>of(
                    ProjectMergeRule.Config.DEFAULT.toRule(), ProjectRemoveRule.Config.DEFAULT.toRule()))
            .build();

    private Optimizer() {}

    @SuppressWarnings("deprecation") // their configurations have annotations that are not on the class path
    private static RelOptRule intoJoin() {
        return new FilterJoinRule.FilterIntoJoinRule(true, RelFactories.LOGICAL_BUILDER, (join, type, part) -> true);
    }

    @SuppressWarnings("deprecation") // as above
    private static RelOptRule belowJoin() {
        return new FilterJoinRule.JoinConditionPushRule(RelFactories.LOGICAL_BUILDER, (join, type, part) -> true);
    }

    static RelNode optimise(RelNode rel) {
        HepPlanner planner = new HepPlanner(PROGRAM);
        planner.setRoot(rel);
        return planner.findBestExp();
    }
}
