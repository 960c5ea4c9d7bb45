// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks through typed expressions. */
final class Expressions {

    private Expressions() {}

    static List<Expression> children(Expression expression) {
        if (expression instanceof Expression.Call call) {
            return call.arguments();
        }
        if (expression instanceof Expression.Cast cast) {
            return List.of(cast.input());
        }
        if (expression instanceof Expression.Case cases) {
            List<Expression> all = new ArrayList<>();
            cases.branches().forEach(branch -> {
                all.add(branch.condition());
                all.add(branch.result());
            });
            if (cases.otherwise() != null) {
                all.add(cases.otherwise());
            }
            return all;
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

    /** With other parts; where the function gives null a part is looked through. */
    static Expression replace(Expression expression, Function<Expression, @Nullable Expression> change) {
        Expression changed = change.apply(expression);
        if (changed != null) {
            return changed;
        }
        if (expression instanceof Expression.Call call) {
            return new Expression.Call(call.function(), replace(call.arguments(), change));
        }
        if (expression instanceof Expression.Cast cast) {
            return new Expression.Cast(replace(cast.input(), change), cast.type(), cast.attempt());
        }
        if (expression instanceof Expression.Case cases) {
            return new Expression.Case(
                    cases.branches().stream()
                            .map(branch -> new Expression.Branch(
                                    replace(branch.condition(), change), replace(branch.result(), change)))
                            .toList(),
                    cases.otherwise() == null ? null : replace(cases.otherwise(), change),
                    cases.type());
        }
        if (expression instanceof Expression.Logic logic) {
            return new Expression.Logic(logic.all(), replace(logic.conditions(), change));
        }
        if (expression instanceof Expression.IsNull isNull) {
            return new Expression.IsNull(replace(isNull.input(), change));
        }
        if (expression instanceof Expression.FieldOf field) {
            return new Expression.FieldOf(
                    replace(field.struct(), change), field.index(), field.type(), field.nullable());
        }
        if (expression instanceof Expression.MakeStruct struct) {
            return new Expression.MakeStruct(replace(struct.fields(), change), struct.type());
        }
        if (expression instanceof Expression.Lambda lambda) {
            return new Expression.Lambda(lambda.parameters(), replace(lambda.body(), change));
        }
        return expression;
    }

    static List<Expression> replace(List<Expression> expressions, Function<Expression, @Nullable Expression> change) {
        return expressions.stream().map(part -> replace(part, change)).toList();
    }

    /** With columns at other places. */
    static Expression move(Expression expression, Function<Integer, Integer> place) {
        return replace(
                expression,
                part -> part instanceof Expression.Reference reference
                        ? new Expression.Reference(
                                place.apply(reference.index()),
                                reference.type(),
                                reference.nullable(),
                                reference.name())
                        : null);
    }

    /** Whether two expressions compute the same, in whatever way their functions were bound. */
    static boolean same(Expression a, Expression b) {
        if (!a.type().equals(b.type()) || a.getClass() != b.getClass()) {
            return false;
        }
        if (a instanceof Expression.Reference left) {
            return left.index() == ((Expression.Reference) b).index();
        }
        if (a instanceof Expression.Variable left) {
            return left.level() == ((Expression.Variable) b).level();
        }
        if (a instanceof Expression.Lambda left
                && left.parameters().size()
                        != ((Expression.Lambda) b).parameters().size()) {
            return false;
        }
        if (a instanceof Expression.Literal left) {
            return Objects.deepEquals(left.value(), ((Expression.Literal) b).value());
        }
        if (a instanceof Expression.Call left
                && !left.function()
                        .name()
                        .equals(((Expression.Call) b).function().name())) {
            return false;
        }
        if (a instanceof Expression.Cast left && left.attempt() != ((Expression.Cast) b).attempt()) {
            return false;
        }
        if (a instanceof Expression.Logic left && left.all() != ((Expression.Logic) b).all()) {
            return false;
        }
        if (a instanceof Expression.FieldOf left && left.index() != ((Expression.FieldOf) b).index()) {
            return false;
        }
        List<Expression> left = children(a);
        List<Expression> right = children(b);
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!same(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The conditions that must all be met. */
    static List<Expression> conjuncts(Expression condition) {
        return condition instanceof Expression.Logic logic && logic.all()
                ? logic.conditions().stream()
                        .flatMap(part -> conjuncts(part).stream())
                        .toList()
                : List.of(condition);
    }

    /** Whether a column of this value carries the watermark: it is a column that does, or the time of a window that does. */
    static boolean eventTime(Expression expression, Schema input) {
        if (expression instanceof Expression.Reference reference) {
            return input.field(reference.index()).eventTime();
        }
        return expression instanceof Expression.Call call
                && (call.function().name().equals("window_time")
                        || call.function().name().equals("window_end"))
                && call.arguments().get(0) instanceof Expression.FieldOf field
                && eventTime(field.struct(), input);
    }

    /** Whether columns in a range of places are used. */
    static boolean uses(Expression expression, int from, int to) {
        if (expression instanceof Expression.Reference reference) {
            return reference.index() >= from && reference.index() < to;
        }
        return children(expression).stream().anyMatch(child -> uses(child, from, to));
    }
}
