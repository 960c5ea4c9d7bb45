// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts relations side by side or one after the other. */
final class Joining {

    private final Algebra algebra;
    private final FunctionRegistry registry;

    Joining(Algebra algebra, FunctionRegistry registry) {
        this.algebra = algebra;
        this.registry = registry;
    }

    Relation join(Relation left, Relation right, JoinType type, @Nullable Ast condition) {
        if (condition == null) {
            return algebra.join(left, right, type, Algebra.always());
        }
        return algebra.join(left, right, type, resolver(left, right).condition(condition));
    }

    private ExpressionResolver resolver(Relation left, Relation right) {
        List<Relation.Item> items = new ArrayList<>(left.items());
        items.addAll(right.items());
        return new ExpressionResolver(left.with(items), registry, false, null, null);
    }

    /** A join by columns of the same names, which come out once and first. */
    Relation using(Relation left, Relation right, JoinType type, List<String> names) {
        ExpressionResolver resolver = resolver(left, right);
        List<Integer> lefts = new ArrayList<>();
        List<Integer> rights = new ArrayList<>();
        List<Expression> equal = new ArrayList<>();
        for (String name : names) {
            int l = column(left, name);
            int r = column(right, name);
            lefts.add(l);
            rights.add(left.size() + r);
            Field field = right.field(r);
            equal.add(resolver.function(
                    "=",
                    List.of(
                            Algebra.column(left, l),
                            new Expression.Reference(left.size() + r, field.type(), field.nullable(), field.name()))));
        }
        Relation joined = algebra.join(left, right, type, new Expression.Logic(true, equal));
        List<Expression> columns = new ArrayList<>();
        List<Relation.Item> items = new ArrayList<>();
        for (int i = 0; i < lefts.size(); i++) {
            Expression key = key(joined, type, lefts.get(i), rights.get(i));
            columns.add(key);
            Relation kept = type == JoinType.RIGHT_OUTER ? right : left;
            int place = type == JoinType.RIGHT_OUTER ? rights.get(i) - left.size() : lefts.get(i);
            String qualifier =
                    type == JoinType.FULL_OUTER ? "" : kept.items().get(place).qualifier();
            items.add(new Relation.Item(
                    qualifier, Field.of(left.field(lefts.get(i)).name(), key.type())));
        }
        for (int i = 0; i < joined.size(); i++) {
            if (!lefts.contains(i) && !rights.contains(i)) {
                columns.add(Algebra.column(joined, i));
                items.add(joined.items().get(i));
            }
        }
        return algebra.project(joined, columns, items);
    }

    private static Expression key(Relation joined, JoinType type, int left, int right) {
        if (type == JoinType.RIGHT_OUTER) {
            return Algebra.column(joined, right);
        }
        Expression key = Algebra.column(joined, left);
        if (type != JoinType.FULL_OUTER) {
            return key;
        }
        Expression other = Algebra.column(joined, right);
        DataType common = Coerced.common("using", List.of(key, other), Position.NONE);
        return new Expression.Case(
                List.of(new Expression.Branch(new Expression.IsNull(key), Coerced.cast(other, common))),
                Coerced.cast(key, common),
                common);
    }

    private static int column(Relation side, String name) {
        Names.Found found = Names.find(side, new Ast.Name(List.of(name), Position.NONE));
        if (found == null) {
            throw Asts.error(
                    "UNRESOLVED_USING_COLUMN_FOR_JOIN",
                    "The column `" + name + "` of USING is not on both sides; one has " + side.schema(),
                    Position.NONE);
        }
        return found.index();
    }

    /** All rows, by the place of the columns, whose types become one. */
    Relation union(List<Relation> inputs) {
        return algebra.union(alike("UNION", inputs));
    }

    /** The inputs with the same types, by the place of the columns. */
    List<Relation> alike(String operation, List<Relation> inputs) {
        Relation first = inputs.get(0);
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            DataType type = AtomicType.NULL;
            for (Relation input : inputs) {
                if (input.size() != first.size()) {
                    throw Asts.error(
                            "NUM_COLUMNS_MISMATCH",
                            operation + " needs inputs with the same number of columns, but one has " + first.size()
                                    + " and another " + input.size(),
                            Position.NONE);
                }
                DataType before = type;
                DataType next = input.field(i).type();
                int column = i + 1;
                type = ImplicitCasts.commonColumn(before, next)
                        .orElseThrow(() -> Asts.error(
                                "INCOMPATIBLE_COLUMN_TYPE",
                                operation + " needs columns of compatible types, but column " + column + " is "
                                        + before.sql() + " in one input and " + next.sql() + " in another",
                                Position.NONE));
            }
            types.add(type);
        }
        return inputs.stream().map(input -> algebra.cast(input, types)).toList();
    }
}
