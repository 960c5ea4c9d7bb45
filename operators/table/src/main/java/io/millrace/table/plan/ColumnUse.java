// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.expression.Expression;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which columns an expression reads. */
public final class ColumnUse {

    private ColumnUse() {}

    /** The places of all columns it reads. */
    public static SortedSet<Integer> of(Expression expression) {
        SortedSet<Integer> places = new TreeSet<>();
        collect(expression, false, places);
        return places;
    }

    /** The places of those columns of which a null makes it null, so that as a condition it is not true. */
    static SortedSet<Integer> refusingNull(Expression expression) {
        SortedSet<Integer> places = new TreeSet<>();
        collect(expression, true, places);
        return places;
    }

    private static void collect(Expression expression, boolean strictOnly, SortedSet<Integer> places) {
        if (expression instanceof Expression.Reference reference) {
            places.add(reference.index());
            return;
        }
        boolean descend = !strictOnly
                || (expression instanceof Expression.Call call
                        && call.function().strict())
                || (expression instanceof Expression.Cast cast && !cast.attempt())
                || expression instanceof Expression.FieldOf;
        if (descend) {
            children(expression).forEach(child -> collect(child, strictOnly, places));
        }
    }

    /** What an expression is computed from. */
    static List<Expression> children(Expression expression) {
        if (expression instanceof Expression.Call call) {
            return call.arguments();
        }
        if (expression instanceof Expression.Cast cast) {
            return List.of(cast.input());
        }
        if (expression instanceof Expression.Case branches) {
            return caseChildren(branches);
        }
        if (expression instanceof Expression.Logic logic) {
            return logic.conditions();
        }
        if (expression instanceof Expression.IsNull isNull) {
            return List.of(isNull.input());
        }
        if (expression instanceof Expression.FieldOf field) {
            return List.of(field.struct());
        }
        if (expression instanceof Expression.MakeStruct struct) {
            return struct.fields();
        }
        if (expression instanceof Expression.Lambda lambda) {
            return List.of(lambda.body());
        }
        return List.of();
    }

    private static List<Expression> caseChildren(Expression.Case branches) {
        List<Expression> children = new java.util.ArrayList<>();
        branches.branches().forEach(branch -> {
            children.add(branch.condition());
            children.add(branch.result());
        });
        if (branches.otherwise() != null) {
            children.add(branches.otherwise());
        }
        return children;
    }

    /** The same expression with its columns at other places. */
    public static Expression moved(Expression expression, IntUnaryOperator place) {
        if (expression instanceof Expression.Reference r) {
            return new Expression.Reference(place.applyAsInt(r.index()), r.type(), r.nullable(), r.name());
        }
        if (expression instanceof Expression.Call call) {
            return new Expression.Call(call.function(), movedAll(call.arguments(), place));
        }
        if (expression instanceof Expression.Cast cast) {
            return new Expression.Cast(moved(cast.input(), place), cast.type(), cast.attempt());
        }
        if (expression instanceof Expression.Case branches) {
            List<Expression.Branch> moved = branches.branches().stream()
                    .map(branch ->
                            new Expression.Branch(moved(branch.condition(), place), moved(branch.result(), place)))
                    .toList();
            return new Expression.Case(moved, movedOrNull(branches.otherwise(), place), branches.type());
        }
        if (expression instanceof Expression.Logic logic) {
            return new Expression.Logic(logic.all(), movedAll(logic.conditions(), place));
        }
        if (expression instanceof Expression.IsNull isNull) {
            return new Expression.IsNull(moved(isNull.input(), place));
        }
        if (expression instanceof Expression.FieldOf field) {
            return new Expression.FieldOf(moved(field.struct(), place), field.index(), field.type(), field.nullable());
        }
        if (expression instanceof Expression.MakeStruct struct) {
            return new Expression.MakeStruct(movedAll(struct.fields(), place), struct.type());
        }
        if (expression instanceof Expression.Lambda lambda) {
            return new Expression.Lambda(lambda.parameters(), moved(lambda.body(), place));
        }
        return expression;
    }

    private static List<Expression> movedAll(List<Expression> expressions, IntUnaryOperator place) {
        return expressions.stream().map(expression -> moved(expression, place)).toList();
    }

    private static @Nullable Expression movedOrNull(@Nullable Expression expression, IntUnaryOperator place) {
        return expression == null ? null : moved(expression, place);
    }
}
