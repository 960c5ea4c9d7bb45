// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.plan.QueryPlan;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** A source or constant rows in the tree. */
final class LeafNode extends AbstractRelNode {

    private final QueryPlan.Leaf leaf;

    LeafNode(RelOptCluster cluster, RelTraitSet traits, QueryPlan.Leaf leaf) {
        super(cluster, traits);
        this.leaf = leaf;
    }

    QueryPlan.Leaf leaf() {
        return leaf;
    }

    @Override
    protected RelDataType deriveRowType() {
        return RowTypes.row(getCluster().getTypeFactory(), leaf.schema().fields());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        super.explainTerms(writer);
        if (leaf instanceof QueryPlan.Scan scan) {
            return writer.item("source", scan.id()).item("streaming", scan.streaming());
        }
        // the identity tells apart constant rows, which are not compared
        return writer.item("rows", ((QueryPlan.Values) leaf).rows().size())
                .item("values", System.identityHashCode(leaf));
    }
}
