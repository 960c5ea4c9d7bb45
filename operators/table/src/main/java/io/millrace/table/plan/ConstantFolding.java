// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.TreeWalk;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DecimalType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes what no column has a part in once, when a query is planned, with the functions that rows are computed with. What cannot be
 * computed stays as it is, and fails for a row, if one comes that needs it.
 */
public final class ConstantFolding {

    /** Functions that give something else each time, or more than a plan should hold. */
    private static final Set<String> NOT_ONCE = Set.of(
            "rand",
            "randn",
            "random",
            "uuid",
            "shuffle",
            "now",
            "current_timestamp",
            "current_date",
            "repeat",
            "space",
            "lpad",
            "rpad",
            "sequence",
            "array_repeat");

    /** Functions of users may do more than they give, so only those of this package and below are called ahead. */
    private static final String OURS = "io.millrace.table.expression.";

    private ConstantFolding() {}

    /** The same plan with its constants computed. */
    public static QueryPlan apply(QueryPlan plan) {
        QueryPlan step = PlanRewrite.mapInputs(plan, ConstantFolding::apply);
        if (step instanceof QueryPlan.Project p) {
            return new QueryPlan.Project(p.input(), fold(p.columns()), p.schema());
        }
        if (step instanceof QueryPlan.Filter p) {
            return new QueryPlan.Filter(p.input(), fold(p.condition()));
        }
        if (step instanceof QueryPlan.Aggregate p) {
            List<AggregateCall> calls = p.calls().stream()
                    .map(call -> new AggregateCall(
                            call.function(),
                            fold(call.arguments()),
                            call.distinct(),
                            foldOrNull(call.filter()),
                            call.name()))
                    .toList();
            return new QueryPlan.Aggregate(p.input(), p.keys(), calls, p.schema());
        }
        if (step instanceof QueryPlan.Join p) {
            return new QueryPlan.Join(
                    p.left(), p.right(), p.type(), p.leftKeys(), p.rightKeys(), foldOrNull(p.condition()), p.schema());
        }
        return step;
    }

    private static List<Expression> fold(List<Expression> expressions) {
        return expressions.stream().map(ConstantFolding::fold).toList();
    }

    private static @Nullable Expression foldOrNull(@Nullable Expression expression) {
        return expression == null ? null : fold(expression);
    }

    /** The expression with its constants computed. */
    static Expression fold(Expression expression) {
        if (expression instanceof Expression.Literal) {
            return expression;
        }
        if (expression instanceof Expression.Lambda lambda) {
            return new Expression.Lambda(lambda.parameters(), fold(lambda.body()));
        }
        if (isConstant(expression) && isPlain(expression)) {
            try {
                return new Expression.Literal(TreeWalk.value(expression, new Object[0]), expression.type());
            } catch (Exception e) {
                // it is thrown for each row that needs the value, and for none if there is none
                return expression;
            }
        }
        return parts(expression);
    }

    private static Expression parts(Expression expression) {
        if (expression instanceof Expression.Call call) {
            return new Expression.Call(call.function(), fold(call.arguments()));
        }
        if (expression instanceof Expression.Cast cast) {
            return new Expression.Cast(fold(cast.input()), cast.type(), cast.attempt());
        }
        if (expression instanceof Expression.Case cases) {
            List<Expression.Branch> branches = cases.branches().stream()
                    .map(branch -> new Expression.Branch(fold(branch.condition()), fold(branch.result())))
                    .toList();
            return new Expression.Case(branches, foldOrNull(cases.otherwise()), cases.type());
        }
        if (expression instanceof Expression.Logic logic) {
            return new Expression.Logic(logic.all(), fold(logic.conditions()));
        }
        if (expression instanceof Expression.IsNull isNull) {
            return new Expression.IsNull(fold(isNull.input()));
        }
        if (expression instanceof Expression.FieldOf field) {
            return new Expression.FieldOf(fold(field.struct()), field.index(), field.type(), field.nullable());
        }
        if (expression instanceof Expression.MakeStruct struct) {
            return new Expression.MakeStruct(fold(struct.fields()), struct.type());
        }
        return expression;
    }

    /** Arrays, maps and structs stay as they are written. */
    private static boolean isPlain(Expression expression) {
        return (expression.type() instanceof AtomicType && expression.type() != AtomicType.NULL)
                || expression.type() instanceof DecimalType;
    }

    private static boolean isConstant(Expression expression) {
        if (expression instanceof Expression.Reference || expression instanceof Expression.Variable) {
            return false;
        }
        if (expression instanceof Expression.Call call
                && (NOT_ONCE.contains(call.function().name())
                        || !call.function()
                                .method()
                                .getDeclaringClass()
                                .getName()
                                .startsWith(OURS))) {
            return false;
        }
        return ColumnUse.children(expression).stream().allMatch(ConstantFolding::isConstant);
    }
}
