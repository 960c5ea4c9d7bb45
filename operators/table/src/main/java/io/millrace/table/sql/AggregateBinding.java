// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.AggregateFunction;
import io.millrace.table.expression.BoundAggregate;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.aggregate.WithinGroup;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import java.util.ArrayList;
import java.util.List;

/** Makes a call of an aggregate function of one that was written. */
final class AggregateBinding {

    private AggregateBinding() {}

    /**
     * The call over the columns that a resolver knows.
     *
     * @param ignoreNulls whether a last argument says so
     */
    static AggregateCall bind(
            ExpressionResolver resolver, Ast.Call call, AggregateFunction function, boolean ignoreNulls) {
        boolean all = call.arguments().size() == 1
                && call.arguments().get(0) instanceof Ast.Star star
                && star.qualifier().isEmpty();
        List<Expression> arguments = new ArrayList<>();
        List<WithinGroup.Key> keys = new ArrayList<>();
        for (Ast argument : all ? List.<Ast>of() : call.arguments()) {
            if (argument instanceof Ast.SortKey sort) {
                QueryPlan.Order order = ExpressionResolver.order(resolver.resolve(sort.input()), sort);
                keys.add(new WithinGroup.Key(order.key(), order.descending(), order.nullsFirst()));
            } else {
                arguments.add(resolver.resolve(argument));
            }
        }
        if (all) {
            arguments.add(new Expression.Literal(1, AtomicType.INT));
        }
        if (ignoreNulls) {
            arguments.add(new Expression.Literal(true, AtomicType.BOOLEAN));
        }
        Expression filter = call.filter() == null ? null : resolver.condition(call.filter());
        if (!keys.isEmpty()) {
            WithinGroup.Ordered ordered = WithinGroup.bind(call.name(), call.distinct(), arguments, keys);
            return made(ordered.function(), ordered.arguments(), call, filter);
        }
        if (call.distinct() && call.name().equals("mode")) {
            throw WithinGroup.unlike(call.name());
        }
        return made(function.bind(arguments), arguments, call, filter);
    }

    private static AggregateCall made(
            BoundAggregate bound,
            List<Expression> arguments,
            Ast.Call call,
            @org.jspecify.annotations.Nullable Expression filter) {
        List<Expression> cast = ExpressionResolver.cast(arguments, bound.parameters());
        return new AggregateCall(bound, cast, call.distinct(), filter, SqlText.name(call));
    }
}
