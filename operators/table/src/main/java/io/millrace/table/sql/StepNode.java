// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;

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

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new StepNode(getCluster(), traits, inputs.get(0), step);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("step", step.text());
    }
}
