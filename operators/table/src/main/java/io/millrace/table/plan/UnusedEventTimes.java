// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Takes the watermark from columns that nothing after a deduplication or a join uses. Spark's optimiser takes those columns out before the rows get there, so no row is
 * late by them and nothing is forgotten by them.
 */
public final class UnusedEventTimes {

    private UnusedEventTimes() {}

    /** The same query without the watermarks of columns that it does not use. */
    public static QueryPlan apply(QueryPlan plan) {
        return apply(plan, places(plan.schema(), field -> true));
    }

    /** The same, if only some columns of the result are used. */
    private static QueryPlan apply(QueryPlan plan, Set<Integer> used) {
        if (plan instanceof QueryPlan.Join join) {
            return join(join, used);
        }
        Set<Integer> below = below(plan, used);
        if (plan instanceof QueryPlan.Deduplicate deduplicate) {
            return PlanRewrite.mapInputs(deduplicate, input -> unmarked(apply(input, below), below));
        }
        return PlanRewrite.mapInputs(plan, input -> apply(input, below));
    }

    private static QueryPlan join(QueryPlan.Join join, Set<Integer> used) {
        int border = join.left().schema().size();
        Set<Integer> all = new TreeSet<>(used);
        if (join.condition() != null) {
            all.addAll(ColumnUse.of(join.condition()));
        }
        Set<Integer> left = all.stream().filter(place -> place < border).collect(Collectors.toCollection(TreeSet::new));
        Set<Integer> right = all.stream()
                .filter(place -> place >= border)
                .map(place -> place - border)
                .collect(Collectors.toCollection(TreeSet::new));
        join.leftKeys().forEach(key -> left.addAll(ColumnUse.of(key)));
        join.rightKeys().forEach(key -> right.addAll(ColumnUse.of(key)));
        return new QueryPlan.Join(
                unmarked(apply(join.left(), left), left),
                unmarked(apply(join.right(), right), right),
                join.type(),
                join.leftKeys(),
                join.rightKeys(),
                join.condition(),
                join.schema());
    }

    /** Which columns of its input a step uses, if those of its result are used. */
    private static Set<Integer> below(QueryPlan plan, Set<Integer> used) {
        Set<Integer> below = new TreeSet<>();
        if (plan instanceof QueryPlan.Project project) {
            used.forEach(place -> below.addAll(ColumnUse.of(project.columns().get(place))));
        } else if (plan instanceof QueryPlan.Aggregate aggregate) {
            below.addAll(aggregate.keys());
            addCalls(below, aggregate.calls());
        } else if (plan instanceof QueryPlan.SessionAggregate session) {
            below.addAll(session.keys());
            below.addAll(ColumnUse.of(session.time()));
            below.addAll(ColumnUse.of(session.gap()));
            addCalls(below, session.calls());
        } else if (plan instanceof QueryPlan.Stateful stateful) {
            below.addAll(places(stateful.input().schema(), field -> true));
        } else if (plan instanceof QueryPlan.Unary unary) {
            int inputs = unary.input().schema().size();
            used.stream().filter(place -> place < inputs).forEach(below::add);
            addOwn(below, unary);
        } else {
            below.addAll(used);
        }
        return below;
    }

    /** What a step reads whose input's columns come out again. */
    private static void addOwn(Set<Integer> below, QueryPlan.Unary step) {
        if (step instanceof QueryPlan.Filter filter) {
            below.addAll(ColumnUse.of(filter.condition()));
        } else if (step instanceof QueryPlan.Generate generate) {
            below.addAll(ColumnUse.of(generate.collection()));
        } else if (step instanceof QueryPlan.TimeWindow window) {
            below.addAll(ColumnUse.of(window.time()));
        } else if (step instanceof QueryPlan.Watermark watermark) {
            below.add(watermark.column());
        } else if (step instanceof QueryPlan.Deduplicate deduplicate) {
            below.addAll(deduplicate.columns());
            if (deduplicate.withinWatermark()) {
                below.addAll(places(deduplicate.input().schema(), Field::eventTime));
            }
        } else if (step instanceof QueryPlan.Sort sort) {
            addOrders(below, sort.orders());
        } else if (step instanceof QueryPlan.Window window) {
            below.addAll(window.keys());
            addOrders(below, window.orders());
            window.calls()
                    .forEach(call -> call.map(expression -> {
                        below.addAll(ColumnUse.of(expression));
                        return expression;
                    }));
        } else if (step instanceof QueryPlan.TopN top) {
            below.addAll(top.keys());
            addOrders(below, top.orders());
        }
    }

    private static void addOrders(Set<Integer> below, Collection<QueryPlan.Order> orders) {
        orders.forEach(order -> below.addAll(ColumnUse.of(order.key())));
    }

    private static void addCalls(Set<Integer> below, Collection<AggregateCall> calls) {
        for (AggregateCall call : calls) {
            call.arguments().forEach(argument -> below.addAll(ColumnUse.of(argument)));
            if (call.filter() != null) {
                below.addAll(ColumnUse.of(call.filter()));
            }
        }
    }

    private static Set<Integer> places(Schema schema, Function<Field, Boolean> wanted) {
        return IntStream.range(0, schema.size())
                .filter(place -> wanted.apply(schema.field(place)))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same rows, of which only the columns in use carry a watermark. */
    private static QueryPlan unmarked(QueryPlan plan, Set<Integer> used) {
        Set<Integer> unused = places(plan.schema(), Field::eventTime);
        unused.removeAll(used);
        if (unused.isEmpty()) {
            return plan;
        }
        List<Expression> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int place = 0; place < plan.schema().size(); place++) {
            Field field = plan.schema().field(place);
            columns.add(new Expression.Reference(place, field.type(), field.nullable(), field.name()));
            boolean eventTime = field.eventTime() && !unused.contains(place);
            fields.add(new Field(field.name(), field.type(), field.nullable(), eventTime));
        }
        return new QueryPlan.Project(plan, columns, new Schema(fields));
    }
}
