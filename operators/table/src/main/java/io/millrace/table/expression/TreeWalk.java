// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.QueryExecutionException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes an expression by walking its tree: for constants, which are computed once, and to compare compiled ones with. */
public final class TreeWalk {

    private TreeWalk() {}

    /**
     * The value for a row, in the form {@link io.millrace.table.type.DataType} says.
     *
     * @param row the columns that references mean
     * @throws Exception what a function throws
     */
    public static @Nullable Object value(Expression expression, @Nullable Object[] row) throws Exception {
        if (expression instanceof Expression.Reference reference) {
            return row[reference.index()];
        } else if (expression instanceof Expression.Literal literal) {
            return literal.value();
        } else if (expression instanceof Expression.Call call) {
            return call(call.function(), call.arguments(), row);
        } else if (expression instanceof Expression.Cast cast) {
            Object input = value(cast.input(), row);
            try {
                return cast(input, cast.input(), cast);
            } catch (QueryExecutionException e) {
                if (cast.attempt()) {
                    return null;
                }
                throw e;
            }
        } else if (expression instanceof Expression.Case choice) {
            for (Expression.Branch branch : choice.branches()) {
                if (Boolean.TRUE.equals(value(branch.condition(), row))) {
                    return value(branch.result(), row);
                }
            }
            Expression otherwise = choice.otherwise();
            return otherwise == null ? null : value(otherwise, row);
        } else if (expression instanceof Expression.Logic logic) {
            Object result = logic.all();
            for (Expression condition : logic.conditions()) {
                Object one = value(condition, row);
                if (one == null) {
                    result = null;
                } else if ((Boolean) one != logic.all()) {
                    return one;
                }
            }
            return result;
        } else if (expression instanceof Expression.IsNull isNull) {
            return value(isNull.input(), row) == null;
        } else if (expression instanceof Expression.MakeStruct struct) {
            @Nullable Object[] fields = new @Nullable Object[struct.fields().size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = value(struct.fields().get(i), row);
            }
            return fields;
        }
        Expression.FieldOf field = (Expression.FieldOf) expression;
        Object struct = value(field.struct(), row);
        return struct == null ? null : ((Object[]) struct)[field.index()];
    }

    private static @Nullable Object call(BoundFunction function, List<Expression> arguments, @Nullable Object[] row)
            throws Exception {
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            if (arguments.get(i) instanceof Expression.Lambda lambda) {
                values[i] = function(lambda, row);
                continue;
            }
            Expression argument =
                    ExpressionCode.as(arguments.get(i), function.parameters().get(i));
            values[i] = value(argument, row);
            if (values[i] == null && function.strict()) {
                return null;
            }
        }
        return FunctionCall.of(function).call(trailing(function.method(), values));
    }

    private static ElementFunction function(Expression.Lambda lambda, @Nullable Object[] row) {
        return (first, second, third) -> {
            @Nullable Object[] given = {first, second, third};
            Expression body = lambda.body();
            for (int i = 0; i < lambda.parameters().size(); i++) {
                Expression.Variable variable = lambda.parameters().get(i);
                body = Rewrites.variable(body, variable, new Expression.Literal(given[i], variable.type()));
            }
            return value(body, row);
        };
    }

    /** With the last arguments in an array where the method wants one. */
    private static @Nullable Object[] trailing(Method method, @Nullable Object[] values) {
        if (!method.isVarArgs()) {
            return values;
        }
        int fixed = method.getParameterCount() - 1;
        Object rest = Array.newInstance(method.getParameterTypes()[fixed].getComponentType(), values.length - fixed);
        for (int i = fixed; i < values.length; i++) {
            Array.set(rest, i - fixed, values[i]);
        }
        @Nullable Object[] all = Arrays.copyOf(values, fixed + 1);
        all[fixed] = rest;
        return all;
    }

    private static @Nullable Object cast(@Nullable Object input, Expression from, Expression.Cast cast)
            throws Exception {
        if (input == null || Forms.same(from.type(), cast.type())) {
            return input;
        }
        return FunctionCall.of(Casts.bind(from.type(), cast.type())).call(new Object[] {input});
    }
}
