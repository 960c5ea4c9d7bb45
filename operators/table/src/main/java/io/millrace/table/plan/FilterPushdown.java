// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.AtomicType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Moves conditions as near to the source as they may go, as Spark does. With event time this is more than an optimisation: a condition that does not read the time goes below the
 * watermark, so rows it refuses do not move the watermark; and a row that can meet nothing in a join for a null in its key never counts as a late one.
 */
public final class FilterPushdown {

    private static final Set<String> RANDOM = Set.of("rand", "randn", "random", "uuid", "shuffle");

    private FilterPushdown() {}

    /** The same rows from a plan with conditions moved down. */
    public static QueryPlan apply(QueryPlan plan) {
        if (plan instanceof QueryPlan.Filter filter) {
            return push(filter.input(), parts(filter.condition()));
        }
        if (plan instanceof QueryPlan.Join join) {
            return join(join, List.of(), List.of());
        }
        return PlanRewrite.mapInputs(plan, FilterPushdown::apply);
    }

    /** The rows of a plan for which all conditions are true. */
    private static QueryPlan push(QueryPlan plan, List<Expression> conditions) {
        if (conditions.isEmpty()) {
            return apply(plan);
        }
        if (plan instanceof QueryPlan.Filter filter) {
            List<Expression> all = new ArrayList<>(parts(filter.condition()));
            all.addAll(conditions);
            return push(filter.input(), all);
        }
        if (plan instanceof QueryPlan.Watermark watermark) {
            Predicate<Expression> below = condition -> !ColumnUse.of(condition).contains(watermark.column());
            QueryPlan moved = PlanRewrite.mapInputs(
                    watermark,
                    input -> push(input, conditions.stream().filter(below).toList()));
            return filter(moved, conditions.stream().filter(below.negate()).toList());
        }
        if (plan instanceof QueryPlan.Project project) {
            return belowProject(project, conditions);
        }
        if (plan instanceof QueryPlan.Union union) {
            return PlanRewrite.mapInputs(union, input -> push(input, conditions));
        }
        if (plan instanceof QueryPlan.Join join) {
            return belowJoin(join, conditions);
        }
        if (plan instanceof QueryPlan.TimeWindow window) {
            int own = window.input().schema().size();
            return belowKeys(window, conditions, place -> place < own ? place : -1);
        }
        if (plan instanceof QueryPlan.Aggregate aggregate) {
            List<Integer> keys = aggregate.keys();
            return belowKeys(aggregate, conditions, place -> place < keys.size() ? keys.get(place) : -1);
        }
        if (plan instanceof QueryPlan.SessionAggregate aggregate) {
            List<Integer> keys = new ArrayList<>(aggregate.keys());
            keys.add(aggregate.sessionPlace(), -1);
            return belowKeys(aggregate, conditions, place -> place < keys.size() ? keys.get(place) : -1);
        }
        return filter(apply(plan), conditions);
    }

    /** Conditions that read nothing but columns that are as they come in; their places there are given, -1 for all others. */
    private static QueryPlan belowKeys(QueryPlan plan, List<Expression> conditions, IntUnaryOperator before) {
        Predicate<Expression> below = condition -> !isRandom(condition)
                && !ColumnUse.of(condition).isEmpty()
                && ColumnUse.of(condition).stream().allMatch(place -> before.applyAsInt(place) >= 0);
        QueryPlan moved = PlanRewrite.mapInputs(
                plan,
                input -> push(
                        input,
                        conditions.stream()
                                .filter(below)
                                .map(condition -> ColumnUse.moved(condition, place -> before.applyAsInt(place)))
                                .toList()));
        return filter(moved, conditions.stream().filter(below.negate()).toList());
    }

    private static QueryPlan belowProject(QueryPlan.Project project, List<Expression> conditions) {
        List<Expression> below = new ArrayList<>();
        List<Expression> above = new ArrayList<>();
        for (Expression condition : conditions) {
            boolean plain = ColumnUse.of(condition).stream()
                    .allMatch(place -> project.columns().get(place) instanceof Expression.Reference);
            if (plain) {
                below.add(ColumnUse.moved(
                        condition,
                        place -> ((Expression.Reference) project.columns().get(place)).index()));
            } else {
                above.add(condition);
            }
        }
        return filter(PlanRewrite.mapInputs(project, input -> push(input, below)), above);
    }

    private static QueryPlan belowJoin(QueryPlan.Join join, List<Expression> conditions) {
        JoinType type = join.type();
        boolean toLeft = type != JoinType.RIGHT_OUTER && type != JoinType.FULL_OUTER;
        boolean toRight = type == JoinType.INNER || type == JoinType.RIGHT_OUTER;
        int border = join.left().schema().size();
        List<Expression> left = new ArrayList<>();
        List<Expression> right = new ArrayList<>();
        List<Expression> above = new ArrayList<>();
        for (Expression condition : conditions) {
            if (toLeft && isLeft(condition, border)) {
                left.add(condition);
            } else if (toRight && isRight(condition, border)) {
                right.add(ColumnUse.moved(condition, place -> place - border));
            } else {
                above.add(condition);
            }
        }
        return filter(join(join, left, right), above);
    }

    /**
     * A join with further conditions on its sides. Of its own condition, what reads one side only goes to that side unless all rows of the side come out; so does that
     * what the keys and the condition compare is not null.
     */
    private static QueryPlan join(QueryPlan.Join join, List<Expression> onLeft, List<Expression> onRight) {
        JoinType type = join.type();
        boolean mayLoseLeft = type == JoinType.INNER || type == JoinType.LEFT_SEMI || type == JoinType.RIGHT_OUTER;
        boolean mayLoseRight = type != JoinType.RIGHT_OUTER && type != JoinType.FULL_OUTER;
        int border = join.left().schema().size();
        List<Expression> left = new ArrayList<>(onLeft);
        List<Expression> right = new ArrayList<>(onRight);
        List<Expression> both = new ArrayList<>();
        SortedSet<Integer> refusesNull = new TreeSet<>();
        for (Expression part : parts(join.condition())) {
            refusesNull.addAll(ColumnUse.refusingNull(part));
            if (mayLoseLeft && isLeft(part, border)) {
                left.add(part);
            } else if (mayLoseRight && isRight(part, border)) {
                right.add(ColumnUse.moved(part, place -> place - border));
            } else {
                both.add(part);
            }
        }
        if (mayLoseLeft) {
            SortedSet<Integer> places = new TreeSet<>(refusesNull.headSet(border));
            join.leftKeys().forEach(key -> places.addAll(ColumnUse.refusingNull(key)));
            places.forEach(place -> addNotNull(join.left(), place, left));
        }
        if (mayLoseRight) {
            SortedSet<Integer> places = new TreeSet<>();
            refusesNull.tailSet(border).forEach(place -> places.add(place - border));
            join.rightKeys().forEach(key -> places.addAll(ColumnUse.refusingNull(key)));
            places.forEach(place -> addNotNull(join.right(), place, right));
        }
        return new QueryPlan.Join(
                push(join.left(), left),
                push(join.right(), right),
                type,
                join.leftKeys(),
                join.rightKeys(),
                all(both),
                join.schema());
    }

    private static void addNotNull(QueryPlan plan, int place, List<Expression> conditions) {
        var field = plan.schema().field(place);
        if (field.nullable()) {
            var column = new Expression.Reference(place, field.type(), true, field.name());
            conditions.add(new Expression.Case(
                    List.of(new Expression.Branch(new Expression.IsNull(column), literal(false))),
                    literal(true),
                    AtomicType.BOOLEAN));
        }
    }

    private static Expression literal(boolean truth) {
        return new Expression.Literal(truth, AtomicType.BOOLEAN);
    }

    private static boolean isLeft(Expression condition, int border) {
        SortedSet<Integer> places = ColumnUse.of(condition);
        return !places.isEmpty() && places.last() < border && !isRandom(condition);
    }

    private static boolean isRight(Expression condition, int border) {
        SortedSet<Integer> places = ColumnUse.of(condition);
        return !places.isEmpty() && places.first() >= border && !isRandom(condition);
    }

    private static boolean isRandom(Expression condition) {
        return (condition instanceof Expression.Call call
                        && RANDOM.contains(call.function().name()))
                || ColumnUse.children(condition).stream().anyMatch(FilterPushdown::isRandom);
    }

    /** The parts of a condition that must all be true. */
    static List<Expression> parts(@Nullable Expression condition) {
        if (condition == null) {
            return List.of();
        }
        if (condition instanceof Expression.Logic logic && logic.all()) {
            return logic.conditions().stream()
                    .flatMap(part -> parts(part).stream())
                    .toList();
        }
        return List.of(condition);
    }

    private static QueryPlan filter(QueryPlan plan, List<Expression> conditions) {
        Expression condition = all(conditions);
        return condition == null ? plan : new QueryPlan.Filter(plan, condition);
    }

    private static @Nullable Expression all(List<Expression> conditions) {
        if (conditions.isEmpty()) {
            return null;
        }
        return conditions.size() == 1 ? conditions.get(0) : new Expression.Logic(true, conditions);
    }
}
