// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.expression.CompiledFilter;
import io.millrace.table.expression.CompiledPair;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.ColumnUse;
import io.millrace.table.plan.Eviction;
import io.millrace.table.plan.JoinTimes;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a join of a plan is made of, compiled. */
final class JoinParts {

    private JoinParts() {}

    /** Whether a row of the left comes out although nothing meets it. */
    static boolean keepsLeft(JoinType type) {
        return type == JoinType.LEFT_OUTER || type == JoinType.FULL_OUTER || type == JoinType.LEFT_ANTI;
    }

    /** Whether a row of the right does. */
    static boolean keepsRight(JoinType type) {
        return type == JoinType.RIGHT_OUTER || type == JoinType.FULL_OUTER;
    }

    /**
     * A join of two streams.
     *
     * @param apart whether conditions on one side alone are asked of its rows before they are paired
     */
    static StreamJoin.Shape shape(QueryPlan.Join join, KeyedRows left, KeyedRows right, boolean apart) {
        JoinTimes times = JoinTimes.of(join);
        int border = join.left().schema().size();
        List<Expression> ofLeft = new ArrayList<>();
        List<Expression> ofRight = new ArrayList<>();
        List<Expression> ofBoth = new ArrayList<>();
        for (Expression part : parts(join.condition())) {
            SortedSet<Integer> columns = ColumnUse.of(part);
            if (apart && !columns.isEmpty() && columns.last() < border) {
                ofLeft.add(part);
            } else if (apart && !columns.isEmpty() && columns.first() >= border) {
                ofRight.add(ColumnUse.moved(part, place -> place - border));
            } else {
                ofBoth.add(part);
            }
        }
        return new StreamJoin.Shape(
                join.type(),
                side(join.left().schema(), left, keepsLeft(join.type()), times.lateLeft(), times.left(), ofLeft),
                side(join.right().schema(), right, keepsRight(join.type()), times.lateRight(), times.right(), ofRight),
                join.schema(),
                condition(join, ofBoth));
    }

    /** The condition of a join over pairs. */
    static PairCondition condition(QueryPlan.Join join, List<Expression> parts) {
        if (parts.isEmpty()) {
            return PairCondition.ANY;
        }
        CompiledPair compiled =
                CompiledPair.of(all(parts), join.left().schema(), join.right().schema());
        return (left, right) -> compiled.bind(left, right)::test;
    }

    /** The parts of a condition that must all be true. */
    static List<Expression> parts(@Nullable Expression condition) {
        if (condition == null) {
            return List.of();
        }
        return condition instanceof Expression.Logic logic && logic.all()
                ? logic.conditions().stream()
                        .flatMap(part -> parts(part).stream())
                        .toList()
                : List.of(condition);
    }

    private static JoinSide side(
            Schema schema, KeyedRows keyed, boolean kept, int late, Eviction eviction, List<Expression> own) {
        Function<ColumnBatch, int[]> test = null;
        if (!own.isEmpty()) {
            CompiledFilter compiled = CompiledFilter.of(all(own), schema);
            test = compiled::places;
        }
        return new JoinSide(schema, keyed.keys(), keyed.types(), kept, late, eviction, test);
    }

    private static Expression all(List<Expression> parts) {
        return parts.size() == 1 ? parts.get(0) : new Expression.Logic(true, parts);
    }
}
