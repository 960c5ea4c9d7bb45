// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.plan.QueryPlan.JoinType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins whose condition has queries. Those of an inner join are conditions on its rows. Those of another join are about one side: what is known
 * of a side whose rows need not stay is a condition on it; of any other the answer becomes a column of that side, which the join looks
 * at and which is gone after it.
 */
final class JoinQueries {

    private final Planner planner;
    private final Subqueries subqueries;

    JoinQueries(Planner planner, Subqueries subqueries) {
        this.planner = planner;
        this.subqueries = subqueries;
    }

    /** A join by a condition; null for none. */
    Relation join(Relation left, Relation right, JoinType type, @Nullable Ast condition) {
        if (condition == null || !Subqueries.within(condition)) {
            return planner.join(left, right, type, condition);
        }
        List<Ast> parts = Asts.conjuncts(condition);
        List<Ast> plain =
                parts.stream().filter(part -> !Subqueries.within(part)).toList();
        List<Ast> queries = parts.stream().filter(Subqueries::within).toList();
        Relation both = left.with(items(left, right));
        queries.forEach(part -> refuseAmbiguous(both, part));
        if (type == JoinType.INNER) {
            Relation joined = planner.join(left, right, type, plain.isEmpty() ? null : Subqueries.and(plain));
            return subqueries.filter(joined, Subqueries.and(queries));
        }
        return aside(left, right, type, plain, queries);
    }

    private Relation aside(Relation left, Relation right, JoinType type, List<Ast> plain, List<Ast> queries) {
        Relation[] sides = {left, right};
        List<Ast> ofLeft = new ArrayList<>(plain);
        List<Ast> ofRight = new ArrayList<>();
        for (Ast part : queries) {
            if (!narrowed(sides, type, part) && !lifted(sides, 1, part, ofRight) && !lifted(sides, 0, part, ofLeft)) {
                throw Asts.error(
                        "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_IN_EXISTS_SUBQUERY",
                        "A query in the condition of a join that is not an inner one may read columns of one side only",
                        part.position());
            }
        }
        int width = sides[0].size();
        List<Ast> all = new ArrayList<>(ofLeft);
        ofRight.forEach(part -> all.add(Asts.replace(
                part,
                inner -> inner instanceof Ast.Column column
                        ? new Ast.Column(column.index() + width, column.name(), column.position())
                        : null)));
        Relation joined = planner.join(sides[0], sides[1], type, all.isEmpty() ? null : Subqueries.and(all));
        if (type == JoinType.LEFT_SEMI || type == JoinType.LEFT_ANTI) {
            return planner.first(joined, left.size());
        }
        List<Ast> columns = new ArrayList<>();
        List<Relation.Item> items = new ArrayList<>();
        for (int i = 0; i < left.size() + right.size(); i++) {
            int place = i < left.size() ? i : i - left.size() + width;
            columns.add(new Ast.Column(place, joined.field(place).name(), Position.NONE));
            items.add(joined.items().get(place));
        }
        return planner.select(joined, columns).with(items);
    }

    /** A condition on a side whose rows come out only if something meets them: the others need not be joined. */
    private boolean narrowed(Relation[] sides, JoinType type, Ast part) {
        int side = type == JoinType.RIGHT_OUTER ? 0 : 1;
        if (type == JoinType.FULL_OUTER) {
            return false;
        }
        try {
            sides[side] = subqueries.filter(sides[side], part);
            return true;
        } catch (AnalysisException e) {
            return isOfOther(e);
        }
    }

    /** The answers of queries as further columns of a side; false if they are about the other side. */
    private boolean lifted(Relation[] sides, int side, Ast part, List<Ast> conditions) {
        try {
            Subqueries.Lifted lifted = subqueries.lift(sides[side], List.of(part));
            sides[side] = lifted.relation();
            conditions.add(lifted.asts().get(0));
            return true;
        } catch (AnalysisException e) {
            return isOfOther(e);
        }
    }

    /** Never true: an error that is no more than a column of the other side is none yet. */
    private static boolean isOfOther(AnalysisException error) {
        if (error.condition().startsWith("UNRESOLVED_COLUMN")) {
            return false;
        }
        throw error;
    }

    private static void refuseAmbiguous(Relation both, Ast part) {
        var unused = Asts.any(part, inner -> {
            if (inner instanceof Ast.Name name) {
                Names.find(both, name);
            }
            return false;
        });
    }

    private static List<Relation.Item> items(Relation left, Relation right) {
        List<Relation.Item> items = new ArrayList<>(left.items());
        items.addAll(right.items());
        return items;
    }
}
