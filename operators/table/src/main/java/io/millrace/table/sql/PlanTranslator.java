// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a query from its tree. */
final class PlanTranslator {

    private final boolean runs;
    private int watermarks;

    private PlanTranslator(boolean runs) {
        this.runs = runs;
    }

    /**
     * The plan.
     *
     * @param names what its columns are called
     * @param runs whether it is run; otherwise it also says what of it Spark does not do on a stream
     */
    static QueryPlan translate(RelNode rel, Schema names, boolean runs) {
        QueryPlan plan = new PlanTranslator(runs).plan(rel);
        List<Field> fields = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < names.size(); i++) {
            Field field = plan.schema().field(i);
            String name = names.field(i).name();
            same &= name.equals(field.name());
            fields.add(new Field(name, field.type(), field.nullable(), field.eventTime()));
        }
        Schema named = new Schema(fields);
        if (same) {
            return plan;
        }
        if (plan instanceof QueryPlan.Project project) {
            return new QueryPlan.Project(project.input(), project.columns(), named);
        }
        if (plan instanceof QueryPlan.Aggregate aggregate) {
            return new QueryPlan.Aggregate(aggregate.input(), aggregate.keys(), aggregate.calls(), named);
        }
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(RexBridge.reference(plan.schema(), i));
        }
        return new QueryPlan.Project(plan, columns, named);
    }

    private QueryPlan plan(RelNode rel) {
        if (rel instanceof LeafNode leaf) {
            return leaf.leaf();
        }
        if (rel instanceof StepNode node) {
            QueryPlan input = plan(node.getInput());
            if (runs && node.step() instanceof Step.Refused) {
                return input;
            }
            return node.step() instanceof Step.Watermark watermark
                    ? new QueryPlan.Watermark(
                            input, watermarks++, watermark.column(), watermark.delayMicros(), watermark.output())
                    : node.step().on(input);
        }
        if (rel instanceof LogicalProject project) {
            return project(project);
        }
        if (rel instanceof LogicalFilter filter) {
            QueryPlan input = plan(filter.getInput());
            return filter(input, RexBridge.from(filter.getCondition(), input.schema()));
        }
        if (rel instanceof Join join) {
            return join(join);
        }
        if (rel instanceof LogicalUnion union) {
            return union(union);
        }
        if (rel instanceof LogicalSort sort) {
            return sort(sort);
        }
        if (rel instanceof LogicalValues values && values.getTuples().isEmpty()) {
            throw new IllegalStateException("the optimiser found that there are no rows: " + rel);
        }
        throw new IllegalStateException("the optimiser made the step " + rel);
    }

    private QueryPlan project(LogicalProject project) {
        QueryPlan input = plan(project.getInput());
        List<Expression> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < project.getProjects().size(); i++) {
            Expression column = RexBridge.from(project.getProjects().get(i), input.schema());
            columns.add(column);
            fields.add(new Field(
                    project.getRowType().getFieldNames().get(i),
                    column.type(),
                    column.nullable(),
                    Expressions.eventTime(column, input.schema())));
        }
        return new QueryPlan.Project(input, columns, new Schema(fields));
    }

    /** A bound on a rank becomes the bound of the best rows. */
    private static QueryPlan filter(QueryPlan input, Expression condition) {
        if (!(input instanceof QueryPlan.TopN top)) {
            return new QueryPlan.Filter(input, condition);
        }
        long count = top.count();
        List<Expression> rest = new ArrayList<>();
        for (Expression part : Expressions.conjuncts(condition)) {
            Long bound = bound(part, top.schema().size() - 1);
            if (bound == null) {
                rest.add(part);
            } else {
                count = Math.min(count, bound);
            }
        }
        QueryPlan bounded = new QueryPlan.TopN(
                top.input(),
                top.keys(),
                top.orders(),
                top.ranking(),
                Math.max(count, 0),
                top.rankColumn(),
                top.schema());
        return rest.isEmpty()
                ? bounded
                : new QueryPlan.Filter(bounded, rest.size() == 1 ? rest.get(0) : new Expression.Logic(true, rest));
    }

    private static @Nullable Long bound(Expression condition, int rank) {
        if (!(condition instanceof Expression.Call call)
                || call.arguments().size() != 2
                || !(call.arguments().get(0) instanceof Expression.Reference reference)
                || reference.index() != rank
                || !(call.arguments().get(1) instanceof Expression.Literal literal)
                || !(literal.value() instanceof Number number)) {
            return null;
        }
        return switch (call.function().name()) {
            case "<=" -> number.longValue();
            case "<" -> number.longValue() - 1;
            case "=" -> number.longValue() == 1 ? 1L : null;
            default -> null;
        };
    }

    private QueryPlan union(LogicalUnion union) {
        List<QueryPlan> inputs = new ArrayList<>();
        for (RelNode input : union.getInputs()) {
            QueryPlan plan = plan(input);
            if (plan instanceof QueryPlan.Union nested) {
                inputs.addAll(nested.inputs());
            } else {
                inputs.add(plan);
            }
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < inputs.get(0).schema().size(); i++) {
            int column = i;
            Field first = inputs.get(0).schema().field(i);
            fields.add(new Field(
                    first.name(),
                    first.type(),
                    inputs.stream()
                            .anyMatch(input -> input.schema().field(column).nullable()),
                    first.eventTime()));
        }
        return new QueryPlan.Union(inputs, new Schema(fields));
    }

    private QueryPlan sort(LogicalSort sort) {
        QueryPlan input = plan(sort.getInput());
        List<QueryPlan.Order> orders = new ArrayList<>();
        for (RelFieldCollation order : sort.getCollation().getFieldCollations()) {
            orders.add(new QueryPlan.Order(
                    RexBridge.reference(input.schema(), order.getFieldIndex()),
                    order.getDirection().isDescending(),
                    order.nullDirection == RelFieldCollation.NullDirection.FIRST));
        }
        QueryPlan sorted = orders.isEmpty() ? input : new QueryPlan.Sort(input, orders);
        if (sort.offset == null && sort.fetch == null) {
            return sorted;
        }
        return new QueryPlan.Limit(sorted, number(sort.offset, 0), number(sort.fetch, Long.MAX_VALUE));
    }

    private static long number(@Nullable RexNode node, long otherwise) {
        BigDecimal value = node == null ? null : ((RexLiteral) node).getValueAs(BigDecimal.class);
        return value == null ? otherwise : value.longValueExact();
    }

    private QueryPlan join(Join join) {
        QueryPlan left = plan(join.getLeft());
        QueryPlan right = plan(join.getRight());
        QueryPlan.JoinType type = type(join.getJoinType());
        List<Field> both = new ArrayList<>(left.schema().fields());
        both.addAll(right.schema().fields());
        Schema sides = new Schema(both);
        JoinKeys keys = new JoinKeys(left.schema().size(), sides);
        for (Expression part : Expressions.conjuncts(RexBridge.from(join.getCondition(), sides))) {
            keys.add(part);
        }
        List<Field> fields = new ArrayList<>();
        boolean leftMayLack = type == QueryPlan.JoinType.RIGHT_OUTER || type == QueryPlan.JoinType.FULL_OUTER;
        boolean rightMayLack = type == QueryPlan.JoinType.LEFT_OUTER || type == QueryPlan.JoinType.FULL_OUTER;
        left.schema().fields().forEach(field -> fields.add(leftMayLack ? nullable(field) : field));
        if (type != QueryPlan.JoinType.LEFT_SEMI && type != QueryPlan.JoinType.LEFT_ANTI) {
            right.schema().fields().forEach(field -> fields.add(rightMayLack ? nullable(field) : field));
        }
        return new QueryPlan.Join(left, right, type, keys.left(), keys.right(), keys.rest(), new Schema(fields));
    }

    private static Field nullable(Field field) {
        return new Field(field.name(), field.type(), true, field.eventTime());
    }

    private static QueryPlan.JoinType type(JoinRelType type) {
        return switch (type) {
            case INNER -> QueryPlan.JoinType.INNER;
            case LEFT -> QueryPlan.JoinType.LEFT_OUTER;
            case RIGHT -> QueryPlan.JoinType.RIGHT_OUTER;
            case FULL -> QueryPlan.JoinType.FULL_OUTER;
            case SEMI -> QueryPlan.JoinType.LEFT_SEMI;
            case ANTI -> QueryPlan.JoinType.LEFT_ANTI;
            default -> throw new IllegalStateException("the optimiser made a join of type " + type);
        };
    }

    /** The literal true has no place in a condition. */
    static boolean always(Expression condition) {
        return condition instanceof Expression.Literal literal
                && literal.type() == AtomicType.BOOLEAN
                && Boolean.TRUE.equals(literal.value());
    }
}
