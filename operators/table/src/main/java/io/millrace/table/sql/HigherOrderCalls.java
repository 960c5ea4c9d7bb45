// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.HigherOrderFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Calls of functions with lambdas: the arguments ahead of a lambda say what it is called with. */
final class HigherOrderCalls {

    private final ExpressionResolver resolver;
    private final IdentityHashMap<Object, Expression.Variable> variables = new IdentityHashMap<>();

    HigherOrderCalls(ExpressionResolver resolver) {
        this.resolver = resolver;
    }

    /** A parameter of a lambda around. */
    Expression variable(Ast.Variable variable) {
        Expression.Variable known = variables.get(variable.identity());
        if (known == null) {
            throw Asts.error(
                    "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
                    "The parameter `" + variable.name() + "` of a lambda stands outside of it",
                    variable.position());
        }
        return known;
    }

    /** Whether a lambda is being resolved. */
    boolean within() {
        return !variables.isEmpty();
    }

    Expression resolve(Ast.Call call, HigherOrderFunction function) {
        List<Expression> arguments = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            Ast argument = call.arguments().get(i);
            if (!function.isLambda(i, call.arguments().size())) {
                if (argument instanceof Ast.Lambda) {
                    throw Asts.error(
                            "INVALID_LAMBDA_FUNCTION_CALL.PARAMETER_DOES_NOT_ACCEPT_LAMBDA_FUNCTION",
                            "Parameter " + (i + 1) + " of `" + call.name() + "` does not accept a lambda function",
                            argument.position());
                }
                arguments.add(resolver.resolve(argument));
                continue;
            }
            if (argument instanceof Ast.Lambda lambda) {
                int named = lambda.parameters().size();
                arguments.add(lambda(call.name(), lambda, function.parameters(i, arguments, named)));
            } else {
                // an expression is a lambda that does not look at what it is called with
                List<Expression.Variable> given = function.parameters(i, arguments, 0);
                arguments.add(new Expression.Lambda(levelled(given, List.of()), resolver.resolve(argument)));
            }
        }
        BoundFunction bound = function.bind(arguments);
        return new Expression.Call(bound, ExpressionResolver.cast(arguments, bound.parameters()));
    }

    private Expression lambda(String name, Ast.Lambda lambda, List<Expression.Variable> given) {
        if (lambda.parameters().size() != given.size()) {
            throw Asts.error(
                    "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH",
                    "A lambda of `" + name + "` is called with " + given.size() + " arguments, but has "
                            + lambda.parameters().size() + " parameters",
                    lambda.position());
        }
        Set<String> names = new HashSet<>();
        for (Ast.Variable parameter : lambda.parameters()) {
            if (!names.add(parameter.name().toLowerCase(Locale.ROOT))) {
                throw Asts.error(
                        "INVALID_LAMBDA_FUNCTION_CALL.DUPLICATE_ARG_NAMES",
                        "The lambda has two parameters of the name `" + parameter.name() + "`",
                        lambda.position());
            }
        }
        List<Expression.Variable> known = levelled(given, lambda.parameters());
        for (int i = 0; i < known.size(); i++) {
            variables.put(lambda.parameters().get(i).identity(), known.get(i));
        }
        try {
            return new Expression.Lambda(known, resolver.resolve(lambda.body()));
        } finally {
            lambda.parameters().forEach(parameter -> variables.remove(parameter.identity()));
        }
    }

    private List<Expression.Variable> levelled(List<Expression.Variable> given, List<Ast.Variable> names) {
        List<Expression.Variable> levelled = new ArrayList<>();
        for (Expression.Variable variable : given) {
            int place = levelled.size();
            levelled.add(new Expression.Variable(
                    variables.size() + place,
                    variable.type(),
                    variable.nullable(),
                    place < names.size() ? names.get(place).name() : "_"));
        }
        return levelled;
    }
}
