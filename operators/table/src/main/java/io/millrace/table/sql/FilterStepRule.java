// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilderFactory;
import org.jspecify.annotations.Nullable;

/** Checks conditions before a {@link Step} where they are on columns that come through it. */
final class FilterStepRule extends RelRule<FilterStepRule.Setup> {

    static final FilterStepRule INSTANCE =
            new FilterStepRule(new Setup(RelFactories.LOGICAL_BUILDER, "FilterStepRule"));

    /** What Calcite wants to know of a rule. */
    record Setup(
            RelBuilderFactory relBuilderFactory, @Nullable String description) implements RelRule.Config {
        @Override
        public FilterStepRule toRule() {
            return new FilterStepRule(this);
        }

        @Override
        public RelRule.Config withRelBuilderFactory(RelBuilderFactory factory) {
            return new Setup(factory, description);
        }

        @Override
        public RelRule.Config withDescription(@Nullable String text) {
            return new Setup(relBuilderFactory, text);
        }

        @Override
        public OperandTransform operandSupplier() {
            return above -> above.operand(LogicalFilter.class)
                    .oneInput(below -> below.operand(StepNode.class).anyInputs());
        }

        @Override
        public RelRule.Config withOperandSupplier(OperandTransform supplier) {
            throw new UnsupportedOperationException("the operands of " + description + " do not change");
        }
    }

    private FilterStepRule(Setup setup) {
        super(setup);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        StepNode node = call.rel(1);
        List<RexNode> before = new ArrayList<>();
        List<RexNode> after = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            RexNode moved = moved(condition, node);
            if (moved == null) {
                after.add(condition);
            } else {
                before.add(moved);
            }
        }
        if (before.isEmpty()) {
            return;
        }
        RelNode checked = filter(node.getInput(), before);
        RelNode step = node.copy(node.getTraitSet(), List.of(checked));
        call.transformTo(after.isEmpty() ? step : filter(step, after));
    }

    private static RelNode filter(RelNode input, List<RexNode> conditions) {
        RexBuilder rex = input.getCluster().getRexBuilder();
        return new LogicalFilter(
                input.getCluster(),
                input.getTraitSet(),
                input,
                RexUtil.composeConjunction(rex, conditions),
                ImmutableSet.of());
    }

    private static @Nullable RexNode moved(RexNode condition, StepNode node) {
        boolean[] stays = new boolean[1];
        boolean[] column = new boolean[1];
        RexNode moved = condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                int origin = node.step().origin(reference.getIndex());
                column[0] = true;
                stays[0] |= origin < 0;
                return origin < 0 ? reference : new RexInputRef(origin, reference.getType());
            }
        });
        // a condition without a column may be false while a global aggregation gives a row
        return stays[0] || !column[0] ? null : moved;
    }
}
