// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.type.DataType;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexChecker;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** A {@link Step} in the tree. */
final class StepNode extends SingleRel {

    private final Step step;

    StepNode(RelOptCluster cluster, RelTraitSet traits, RelNode input, Step step) {
        super(cluster, traits, input);
        this.step = step;
    }

    Step step() {
        return step;
    }

    @Override
    protected RelDataType deriveRowType() {
        return RowTypes.row(getCluster().getTypeFactory(), step.output().fields());
    }

    /** What the step computes from rows of the input, in Calcite's form. */
    List<RexNode> reads() {
        return new RexBridge(getCluster().getRexBuilder())
                .to(step.reads().stream().map(Step.Read::expression).toList());
    }

    /** What it reads is there and of the types that it asks for; what comes through is of the same type before and after. */
    @Override
    public boolean isValid(Litmus litmus, @Nullable Context context) {
        RelDataTypeFactory types = getCluster().getTypeFactory();
        List<RelDataTypeField> before = getInput().getRowType().getFieldList();
        List<RelDataTypeField> after = getRowType().getFieldList();
        for (int i = 0; i < after.size(); i++) {
            int origin = step.origin(i);
            RelDataType type = after.get(i).getType();
            if (origin >= before.size()
                    || (origin >= 0
                            && !SqlTypeUtil.equalSansNullability(
                                    types, before.get(origin).getType(), type))) {
                return litmus.fail("{} has column {} as {} of {}", step.text(), i, type, before);
            }
        }
        RexChecker checker = new RexChecker(getInput().getRowType(), context, litmus);
        List<RexNode> reads = reads();
        for (int i = 0; i < reads.size(); i++) {
            DataType wanted = step.reads().get(i).type();
            RelDataType given = reads.get(i).getType();
            reads.get(i).accept(checker);
            if (wanted != null && !SqlTypeUtil.equalSansNullability(types, RowTypes.of(types, wanted, true), given)) {
                return litmus.fail("{} reads {} as {}, not {}", step.text(), reads.get(i), given, wanted.sql());
            }
        }
        return super.isValid(litmus, context);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new StepNode(getCluster(), traits, inputs.get(0), step);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("step", step.text());
    }
}
