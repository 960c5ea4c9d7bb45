// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Makes trees of relational algebra from typed expressions. */
final class Algebra {

    private final RelOptCluster cluster;
    private final RexBridge bridge;

    Algebra() {
        RexBuilder rex = new RexBuilder(RowTypes.factory());
        cluster = RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), rex);
        // what plans may be another thread than the one that has made the cluster, and Calcite looks in the thread
        cluster.setMetadataQuerySupplier(() -> {
            RelMetadataQueryBase.THREAD_PROVIDERS.set(JaninoRelMetadataProvider.DEFAULT);
            return RelMetadataQuery.instance();
        });
        bridge = new RexBridge(rex);
    }

    private RelTraitSet traits() {
        return cluster.traitSetOf(Convention.NONE);
    }

    Relation leaf(QueryPlan.Leaf leaf) {
        boolean streaming = leaf instanceof QueryPlan.Scan scan && scan.streaming();
        return new Relation(
                new LeafNode(cluster, traits(), leaf),
                leaf.schema().fields().stream()
                        .map(field -> new Relation.Item("", field))
                        .toList(),
                streaming);
    }

    /** New columns; what they are called and whose they are is told, the rest follows from the expressions. */
    Relation project(Relation input, List<Expression> columns, List<Relation.Item> names) {
        List<Relation.Item> items = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Expression column = columns.get(i);
            Relation.Item name = names.get(i);
            items.add(
                    item(name.qualifier(), name.field().name(), column, Expressions.eventTime(column, input.schema())));
        }
        List<Field> fields = items.stream().map(Relation.Item::field).toList();
        LogicalProject project = new LogicalProject(
                cluster,
                traits(),
                List.of(),
                input.rel(),
                bridge.to(columns),
                RowTypes.row(cluster.getTypeFactory(), fields),
                ImmutableSet.of());
        return new Relation(project, items, input.streaming());
    }

    static Relation.Item item(String qualifier, String name, Expression column, boolean eventTime) {
        return new Relation.Item(qualifier, new Field(name, column.type(), column.nullable(), eventTime));
    }

    Relation filter(Relation input, Expression condition) {
        return new Relation(
                new LogicalFilter(cluster, traits(), input.rel(), bridge.to(condition), ImmutableSet.of()),
                input.items(),
                input.streaming());
    }

    /** A step that gives the columns it says, of no table. */
    Relation step(Relation input, Step step) {
        return step(
                input,
                step,
                step.output().fields().stream()
                        .map(field -> new Relation.Item("", field))
                        .toList());
    }

    Relation step(Relation input, Step step, List<Relation.Item> items) {
        return new Relation(new StepNode(cluster, traits(), input.rel(), step), items, input.streaming());
    }

    Relation join(Relation left, Relation right, QueryPlan.JoinType type, Expression condition) {
        JoinRelType kind = switch (type) {
            case INNER -> JoinRelType.INNER;
            case LEFT_OUTER -> JoinRelType.LEFT;
            case RIGHT_OUTER -> JoinRelType.RIGHT;
            case FULL_OUTER -> JoinRelType.FULL;
            case LEFT_SEMI -> JoinRelType.SEMI;
            case LEFT_ANTI -> JoinRelType.ANTI;
        };
        LogicalJoin join = new LogicalJoin(
                cluster,
                traits(),
                ImmutableList.of(),
                left.rel(),
                right.rel(),
                bridge.to(condition),
                ImmutableSet.of(),
                kind,
                false,
                ImmutableList.of());
        return new Relation(join, joined(left, right, type), left.streaming() || right.streaming());
    }

    /** The columns of a join. */
    static List<Relation.Item> joined(Relation left, Relation right, QueryPlan.JoinType type) {
        boolean leftMayLack = type == QueryPlan.JoinType.RIGHT_OUTER || type == QueryPlan.JoinType.FULL_OUTER;
        boolean rightMayLack = type == QueryPlan.JoinType.LEFT_OUTER || type == QueryPlan.JoinType.FULL_OUTER;
        List<Relation.Item> items = new ArrayList<>();
        left.items().forEach(item -> items.add(leftMayLack ? nullable(item) : item));
        if (type != QueryPlan.JoinType.LEFT_SEMI && type != QueryPlan.JoinType.LEFT_ANTI) {
            right.items().forEach(item -> items.add(rightMayLack ? nullable(item) : item));
        }
        return items;
    }

    private static Relation.Item nullable(Relation.Item item) {
        Field field = item.field();
        return new Relation.Item(item.qualifier(), new Field(field.name(), field.type(), true, field.eventTime()));
    }

    /** All rows of inputs that have the same types. */
    Relation union(List<Relation> inputs) {
        List<RelNode> rels = inputs.stream().map(Relation::rel).toList();
        List<Relation.Item> items = new ArrayList<>();
        for (int i = 0; i < inputs.get(0).size(); i++) {
            int column = i;
            Field first = inputs.get(0).field(i);
            boolean nullable =
                    inputs.stream().anyMatch(input -> input.field(column).nullable());
            items.add(new Relation.Item("", new Field(first.name(), first.type(), nullable, first.eventTime())));
        }
        return new Relation(
                new LogicalUnion(cluster, traits(), rels, true),
                items,
                inputs.stream().anyMatch(Relation::streaming));
    }

    /** Sorted by columns; of each the place, whether descending, whether nulls come first. */
    Relation sort(Relation input, List<RelFieldCollation> orders) {
        return sort(input, RelCollations.of(orders), null, null);
    }

    static RelFieldCollation order(int column, QueryPlan.Order order) {
        return new RelFieldCollation(
                column,
                order.descending() ? RelFieldCollation.Direction.DESCENDING : RelFieldCollation.Direction.ASCENDING,
                order.nullsFirst() ? RelFieldCollation.NullDirection.FIRST : RelFieldCollation.NullDirection.LAST);
    }

    Relation limit(Relation input, long offset, long count) {
        return sort(
                input,
                RelCollations.EMPTY,
                offset == 0 ? null : number(offset),
                count == Long.MAX_VALUE ? null : number(count));
    }

    private Relation sort(Relation input, RelCollation collation, @Nullable RexNode offset, @Nullable RexNode fetch) {
        return new Relation(
                LogicalSort.create(input.rel(), collation, offset, fetch), input.items(), input.streaming());
    }

    private RexNode number(long value) {
        return cluster.getRexBuilder().makeExactLiteral(BigDecimal.valueOf(value));
    }

    /** The columns as they are. */
    static List<Expression> columns(Relation input) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            columns.add(column(input, i));
        }
        return columns;
    }

    static Expression column(Relation input, int index) {
        Field field = input.field(index);
        return new Expression.Reference(index, field.type(), field.nullable(), field.name());
    }

    /** The columns as other types. */
    Relation cast(Relation input, List<DataType> types) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(Coerced.cast(column(input, i), types.get(i)));
        }
        return columns.equals(columns(input)) ? input : project(input, columns, input.items());
    }

    static Expression always() {
        return new Expression.Literal(true, AtomicType.BOOLEAN);
    }
}
