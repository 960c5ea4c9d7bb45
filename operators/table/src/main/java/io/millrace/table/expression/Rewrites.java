// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Makes expressions from others. */
public final class Rewrites {

    private Rewrites() {}

    /** The expression with other things in the places of its references. */
    public static Expression references(
            Expression expression, Function<Expression.Reference, ? extends Expression> replacement) {
        return expression instanceof Expression.Reference reference
                ? replacement.apply(reference)
                : parts(expression, part -> references(part, replacement));
    }

    /** The expression with another thing in the place of a variable of a lambda around it. */
    static Expression variable(Expression expression, Expression.Variable variable, Expression replacement) {
        if (expression instanceof Expression.Variable other) {
            return other.level() == variable.level() ? replacement : other;
        } else if (expression instanceof Expression.Lambda lambda
                && lambda.parameters().stream().anyMatch(own -> own.level() == variable.level())) {
            return lambda;
        }
        return parts(expression, part -> variable(part, variable, replacement));
    }

    /** The places of the columns that some expressions read; one may come more than once. */
    public static IntStream places(List<Expression> expressions) {
        IntStream.Builder places = IntStream.builder();
        for (Expression expression : expressions) {
            var unused = references(expression, reference -> {
                places.add(reference.index());
                return reference;
            });
        }
        return places.build();
    }

    /** Whether an expression reads no column, and so has one value. */
    public static boolean isConstant(Expression expression) {
        return places(List.of(expression)).findAny().isEmpty() && !BatchMoment.isAsked(expression);
    }

    /** The expression with other parts; one that has none as it is. */
    static Expression parts(Expression expression, UnaryOperator<Expression> change) {
        if (expression instanceof Expression.Call call) {
            return new Expression.Call(call.function(), all(call.arguments(), change));
        } else if (expression instanceof Expression.Cast cast) {
            return new Expression.Cast(change.apply(cast.input()), cast.type(), cast.attempt());
        } else if (expression instanceof Expression.Case choice) {
            Expression otherwise = choice.otherwise();
            return new Expression.Case(
                    choice.branches().stream()
                            .map(branch -> new Expression.Branch(
                                    change.apply(branch.condition()), change.apply(branch.result())))
                            .toList(),
                    otherwise == null ? null : change.apply(otherwise),
                    choice.type());
        } else if (expression instanceof Expression.Logic logic) {
            return new Expression.Logic(logic.all(), all(logic.conditions(), change));
        } else if (expression instanceof Expression.IsNull isNull) {
            return new Expression.IsNull(change.apply(isNull.input()));
        } else if (expression instanceof Expression.FieldOf field) {
            return new Expression.FieldOf(change.apply(field.struct()), field.index(), field.type(), field.nullable());
        } else if (expression instanceof Expression.MakeStruct struct) {
            return new Expression.MakeStruct(all(struct.fields(), change), struct.type());
        } else if (expression instanceof Expression.Lambda lambda) {
            return new Expression.Lambda(lambda.parameters(), change.apply(lambda.body()));
        }
        return expression;
    }

    private static List<Expression> all(List<Expression> expressions, UnaryOperator<Expression> change) {
        return expressions.stream().map(change).toList();
    }
}
