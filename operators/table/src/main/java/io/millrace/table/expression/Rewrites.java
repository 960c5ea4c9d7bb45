// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Makes expressions from others. */
public final class Rewrites {

    private Rewrites() {}

    /** The expression with other things in the places of its references. */
    public static Expression references(
            Expression expression, Function<Expression.Reference, ? extends Expression> replacement) {
        if (expression instanceof Expression.Reference reference) {
            return replacement.apply(reference);
        } else if (expression instanceof Expression.Call call) {
            return new Expression.Call(call.function(), all(call.arguments(), replacement));
        } else if (expression instanceof Expression.Cast cast) {
            return new Expression.Cast(references(cast.input(), replacement), cast.type(), cast.attempt());
        } else if (expression instanceof Expression.Case choice) {
            Expression otherwise = choice.otherwise();
            return new Expression.Case(
                    choice.branches().stream()
                            .map(branch -> new Expression.Branch(
                                    references(branch.condition(), replacement),
                                    references(branch.result(), replacement)))
                            .toList(),
                    otherwise == null ? null : references(otherwise, replacement),
                    choice.type());
        } else if (expression instanceof Expression.Logic logic) {
            return new Expression.Logic(logic.all(), all(logic.conditions(), replacement));
        } else if (expression instanceof Expression.IsNull isNull) {
            return new Expression.IsNull(references(isNull.input(), replacement));
        } else if (expression instanceof Expression.FieldOf field) {
            return new Expression.FieldOf(
                    references(field.struct(), replacement), field.index(), field.type(), field.nullable());
        } else if (expression instanceof Expression.MakeStruct struct) {
            return new Expression.MakeStruct(all(struct.fields(), replacement), struct.type());
        }
        return expression;
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

    private static List<Expression> all(
            List<Expression> expressions, Function<Expression.Reference, ? extends Expression> replacement) {
        return expressions.stream()
                .<Expression>map(one -> references(one, replacement))
                .toList();
    }
}
