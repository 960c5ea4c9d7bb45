// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Groups by several sets of keys at once: each row comes once for each set, with the number of the set, and with nulls for the keys that are not in it. The
 * number is a key like others, so that a null of the data and one of the set are told apart.
 */
final class GroupingSets {

    private final ExpressionResolver resolver;
    private final int keys;
    private final List<Set<Integer>> sets;
    private final ToIntFunction<Expression> places;

    /**
     * Some sets.
     *
     * @param keys how many keys there are
     * @param sets the places of the keys of each set
     * @param places the place of a key; negative for what is none
     */
    GroupingSets(ExpressionResolver resolver, int keys, List<Set<Integer>> sets, ToIntFunction<Expression> places) {
        this.resolver = resolver;
        this.keys = keys;
        this.sets = sets;
        this.places = places;
    }

    boolean isInAll(int key) {
        return sets.stream().allMatch(set -> set.contains(key));
    }

    /** Each row once for each set, whose number is the last column. */
    Relation repeat(Algebra algebra, Relation input) {
        Expression numbers = resolver.function("sequence", List.of(literal(0), literal(sets.size() - 1)));
        List<Field> fields = new ArrayList<>(input.schema().fields());
        fields.add(new Field("__grouping", AtomicType.INT, false, false));
        List<Relation.Item> items = new ArrayList<>(input.items());
        items.add(new Relation.Item("", fields.get(input.size())));
        Step.Generate generate = new Step.Generate(numbers, false, false, false, input.size(), new Schema(fields));
        return algebra.step(input, generate, items);
    }

    /** The number of the set, of rows that were repeated. */
    static Expression number(Relation repeated) {
        return Algebra.column(repeated, repeated.size() - 1);
    }

    /** A key: null in the sets in which it is not. */
    Expression key(Expression key, int place, Relation repeated) {
        if (isInAll(place)) {
            return key;
        }
        List<Expression> conditions = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            if (sets.get(i).contains(place)) {
                conditions.add(is(number(repeated), i));
            }
        }
        Expression in = conditions.size() == 1 ? conditions.get(0) : new Expression.Logic(false, conditions);
        return new Expression.Case(List.of(new Expression.Branch(in, key)), null, key.type());
    }

    /** What {@code grouping(key)} or {@code grouping_id(…)} gives: whether keys are not in the set of the row. */
    Expression meaning(Ast.Call call) {
        List<Integer> asked = new ArrayList<>();
        for (Ast argument : call.arguments()) {
            int place = places.applyAsInt(resolver.resolve(argument));
            if (place < 0) {
                throw Asts.error(
                        call.name().equals("grouping") ? "GROUPING_COLUMN_MISMATCH" : "GROUPING_ID_COLUMN_MISMATCH",
                        "Column of " + call.name() + " (" + SqlText.name(argument)
                                + ") can't be found among the keys of GROUP BY",
                        call.position());
            }
            asked.add(place);
        }
        if (call.name().equals("grouping")) {
            if (asked.size() != 1) {
                throw Asts.error(
                        "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                        "The `grouping` requires 1 parameters but the actual number is " + asked.size(),
                        call.position());
            }
            return perSet(asked, AtomicType.BYTE);
        }
        if (asked.isEmpty()) {
            for (int i = 0; i < keys; i++) {
                asked.add(i);
            }
        } else if (asked.size() != keys) {
            throw Asts.error(
                    "GROUPING_ID_COLUMN_MISMATCH",
                    "Columns of grouping_id do not match the keys of GROUP BY: there are " + keys,
                    call.position());
        }
        return perSet(asked, AtomicType.LONG);
    }

    private Expression perSet(List<Integer> asked, DataType type) {
        Expression number = new Expression.Reference(ExpressionResolver.GROUPING, AtomicType.INT, false, "__grouping");
        List<Expression.Branch> branches = new ArrayList<>();
        Expression last = null;
        for (int i = 0; i < sets.size(); i++) {
            long bits = 0;
            for (int place : asked) {
                bits = bits << 1 | (sets.get(i).contains(place) ? 0 : 1);
            }
            last = new Expression.Literal(type == AtomicType.LONG ? (Object) bits : (Object) (int) bits, type);
            if (i < sets.size() - 1) {
                branches.add(new Expression.Branch(is(number, i), last));
            }
        }
        return choice(branches, last, type);
    }

    private static Expression choice(List<Expression.Branch> branches, @Nullable Expression last, DataType type) {
        if (last == null) {
            throw new IllegalStateException("there is a set of keys");
        }
        return branches.isEmpty() ? last : new Expression.Case(branches, last, type);
    }

    private Expression is(Expression number, int set) {
        return resolver.function("=", List.of(number, literal(set)));
    }

    private static Expression literal(int value) {
        return new Expression.Literal(value, AtomicType.INT);
    }
}
