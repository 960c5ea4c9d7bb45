// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.plan.QueryPlan.JoinType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Makes joins of the queries within expressions: semi and anti joins of conditions, further columns of values. */
final class Subqueries {

    private final Planner planner;
    private final AstReader reader;
    private final FromReader from;
    private final QueryReader queries;

    Subqueries(Planner planner, AstReader reader, FromReader from, QueryReader queries) {
        this.planner = planner;
        this.reader = reader;
        this.from = from;
        this.queries = queries;
    }

    /**
     * What a query gives, beside the rows of the query around it.
     *
     * @param values its columns, over the columns of both
     * @param condition which of its rows belong to a row around it, over the columns of both; null for all
     */
    record Body(
            Relation relation, List<Ast> values, @Nullable Ast condition) {}

    /** A relation with further columns, and expressions over these instead of over queries. */
    record Lifted(Relation relation, List<Ast> asts) {}

    /** Whether there is a query in an expression. */
    static boolean within(Ast ast) {
        return Asts.any(ast, part -> part instanceof Ast.Subquery);
    }

    /** The rows for which a condition is true. */
    Relation filter(Relation input, Ast condition) {
        if (!within(condition)) {
            return planner.filter(input, condition);
        }
        List<Ast> parts = Asts.conjuncts(condition);
        List<Ast> plain = parts.stream().filter(part -> !within(part)).toList();
        Relation filtered = plain.isEmpty() ? input : planner.filter(input, and(plain));
        for (Ast part : parts) {
            filtered = within(part) ? part(filtered, part) : filtered;
        }
        return filtered;
    }

    static Ast and(List<Ast> parts) {
        return parts.size() == 1 ? parts.get(0) : Asts.call("and", parts.get(0).position(), parts);
    }

    private Relation part(Relation input, Ast part) {
        boolean negated = false;
        Ast bare = part;
        while (bare instanceof Ast.Call call && call.name().equals("not")) {
            negated = !negated;
            bare = call.arguments().get(0);
        }
        if (bare instanceof Ast.Subquery query
                && query.meaning() != Ast.Meaning.SCALAR
                && query.values().stream().noneMatch(Subqueries::within)
                && !isOneRow(query)) {
            Body body = body(input, query);
            return negated ? without(input, query, body) : with(input, query, body);
        }
        Lifted lifted = lift(input, List.of(part));
        return planner.first(planner.filter(lifted.relation(), lifted.asts().get(0)), input.size());
    }

    /** The rows for which the query gives one. */
    private Relation with(Relation input, Ast.Subquery query, Body body) {
        Ast condition = condition(input, query, body);
        return planner.join(
                input, condition == null ? some(body.relation()) : body.relation(), JoinType.LEFT_SEMI, condition);
    }

    /**
     * The rows for which it is sure that the query gives none: a null may be any value, so with {@code NOT IN} a null on either side says
     * nothing, unless the query gives no row.
     */
    private Relation without(Relation input, Ast.Subquery query, Body body) {
        Ast condition = condition(input, query, body);
        Relation rest = planner.join(
                input, condition == null ? some(body.relation()) : body.relation(), JoinType.LEFT_ANTI, condition);
        if (query.meaning() == Ast.Meaning.EXISTS) {
            return rest;
        }
        Relation both = both(input, body);
        if (query.values().size() > 1) {
            Ast unknown = unknown(input, query, body);
            return planner.isNullable(both, and(equal(input, query, body)))
                    ? planner.join(rest, body.relation(), JoinType.LEFT_ANTI, and(all(body.condition(), unknown)))
                    : rest;
        }
        Ast wanted = bound(input, query.values().get(0));
        Ast found = body.values().get(0);
        for (Ast side : List.of(found, wanted)) {
            if (planner.isNullable(both, side)) {
                Ast isNull = Asts.call("isnull", query.position(), side);
                Relation rows = body.relation();
                boolean ofQuery = Asts.any(
                                side, part -> part instanceof Ast.Column column && column.index() >= input.size())
                        && !Asts.any(side, part -> part instanceof Ast.Column column && column.index() < input.size());
                if (ofQuery) {
                    rows = planner.filter(rows, moved(isNull, -input.size()));
                    isNull = null;
                }
                List<Ast> conditions = all(body.condition(), isNull);
                rest = planner.join(
                        rest,
                        body.condition() == null ? some(rows) : rows,
                        JoinType.LEFT_ANTI,
                        conditions.isEmpty() ? null : and(conditions));
            }
        }
        return rest;
    }

    /** One of the rows, where it matters only whether there is one. */
    private Relation some(Relation rows) {
        return rows.streaming() ? rows : planner.limit(rows, 0, 1);
    }

    private static List<Ast> all(@Nullable Ast first, @Nullable Ast second) {
        List<Ast> all = new ArrayList<>();
        if (first != null) {
            all.add(first);
        }
        if (second != null) {
            all.add(second);
        }
        return all;
    }

    /** Which rows of the query count for a row of the input; null for all. */
    private @Nullable Ast condition(Relation input, Ast.Subquery query, Body body) {
        List<Ast> parts = new ArrayList<>();
        if (query.meaning() == Ast.Meaning.IN) {
            parts.addAll(equal(input, query, body));
        }
        if (body.condition() != null) {
            parts.add(body.condition());
        }
        return parts.isEmpty() ? null : and(parts);
    }

    private List<Ast> equal(Relation input, Ast.Subquery query, Body body) {
        if (query.values().size() != body.values().size()) {
            throw Asts.error(
                    "DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
                    "The query of IN must give as many columns as are looked for, "
                            + query.values().size() + ", but gives "
                            + body.values().size(),
                    query.position());
        }
        List<Ast> equal = new ArrayList<>();
        for (int i = 0; i < query.values().size(); i++) {
            Ast value = bound(input, query.values().get(i));
            equal.add(Asts.call("=", value.position(), value, body.values().get(i)));
        }
        return equal;
    }

    /** Whether it is not known if a row is the wanted one. */
    private Ast unknown(Relation input, Ast.Subquery query, Body body) {
        return Asts.call("isnull", query.position(), and(equal(input, query, body)));
    }

    /** An expression over the columns of the query around, which a query within does not hide. */
    private static Ast bound(Relation input, Ast ast) {
        return Asts.replace(ast, part -> {
            if (!(part instanceof Ast.Name name)) {
                return null;
            }
            Ast column = Names.column(input, name, 0);
            if (column == null) {
                throw Names.unresolved(input, name);
            }
            return column;
        });
    }

    private static Ast moved(Ast ast, int by) {
        return Asts.replace(
                ast,
                part -> part instanceof Ast.Column column
                        ? new Ast.Column(column.index() + by, column.name(), column.position())
                        : null);
    }

    private static Relation both(Relation input, Body body) {
        List<Relation.Item> items = new ArrayList<>(input.items());
        items.addAll(body.relation().items());
        return input.with(items);
    }

    /** An aggregation without groups gives one row, and may be taken for its value. */
    private boolean isOneRow(Ast.Subquery query) {
        return query.meaning() == Ast.Meaning.IN
                && query.values().size() == 1
                && query.query() instanceof SqlSelect select
                && CorrelatedQuery.isOneRow(planner, reader, select);
    }

    /** The rows with further columns, from which the expressions can be computed without their queries. */
    Lifted lift(Relation input, List<Ast> asts) {
        Relation[] relation = {input};
        List<Ast> lifted =
                Asts.replace(asts, part -> part instanceof Ast.Subquery query ? value(relation, query) : null);
        return new Lifted(relation[0], lifted);
    }

    private Ast value(Relation[] relation, Ast.Subquery written) {
        List<Ast> values = Asts.replace(
                written.values(), part -> part instanceof Ast.Subquery inner ? value(relation, inner) : null);
        Ast.Subquery query = new Ast.Subquery(written.meaning(), values, written.query(), written.position());
        if (query.meaning() == Ast.Meaning.SCALAR) {
            return scalar(relation, query);
        }
        if (isOneRow(query)) {
            Ast one =
                    scalar(relation, new Ast.Subquery(Ast.Meaning.SCALAR, List.of(), query.query(), query.position()));
            return Asts.call("=", query.position(), values.get(0), one);
        }
        Relation input = relation[0];
        Body body = body(input, query);
        Ast found = marked(relation, body.relation(), condition(input, query, body), query.position());
        if (query.meaning() == Ast.Meaning.EXISTS) {
            return found;
        }
        Ast unknown = unknown(input, query, body);
        if (!planner.isNullable(both(input, body), and(equal(input, query, body)))) {
            return found;
        }
        // what the query gives comes behind all columns that there are by now
        int more = relation[0].size() - input.size();
        Ast behind = Asts.replace(
                and(all(body.condition(), unknown)),
                part -> part instanceof Ast.Column column && column.index() >= input.size()
                        ? new Ast.Column(column.index() + more, column.name(), column.position())
                        : null);
        Ast maybe = marked(relation, body.relation(), behind, query.position());
        Ast none = new Ast.Constant(null, io.millrace.table.type.AtomicType.BOOLEAN, "NULL", query.position());
        return new Ast.Case(
                List.of(new Ast.When(found, Asts.truth(true, query.position())), new Ast.When(maybe, none)),
                Asts.truth(false, query.position()),
                query.position());
    }

    /** A column that says whether there is a row for a condition. */
    private Ast marked(Relation[] relation, Relation rows, @Nullable Ast condition, Position position) {
        Relation input = relation[0];
        Relation right = condition == null ? some(rows) : rows;
        List<Relation> parts = new ArrayList<>();
        for (boolean met : new boolean[] {true, false}) {
            JoinType type = met ? JoinType.LEFT_SEMI : JoinType.LEFT_ANTI;
            List<Ast> columns = columns(input);
            columns.add(new Ast.Alias(Asts.truth(met, position), List.of("exists"), position));
            parts.add(planner.select(planner.join(input, right, type, condition), columns));
        }
        relation[0] = hidden(planner.union(parts), input);
        return new Ast.Column(input.size(), "exists", position);
    }

    private static List<Ast> columns(Relation relation) {
        List<Ast> columns = new ArrayList<>();
        for (int i = 0; i < relation.size(); i++) {
            columns.add(new Ast.Column(i, relation.field(i).name(), Position.NONE));
        }
        return columns;
    }

    /** With the names of the columns that were there, and none for further ones. */
    private static Relation hidden(Relation wide, Relation input) {
        List<Relation.Item> items = new ArrayList<>(input.items());
        for (int i = input.size(); i < wide.size(); i++) {
            var field = wide.field(i);
            items.add(new Relation.Item(
                    "",
                    new io.millrace.table.type.Field(
                            "__query" + i, field.type(), field.nullable(), field.eventTime())));
        }
        return wide.with(items);
    }

    private Ast scalar(Relation[] relation, Ast.Subquery query) {
        Relation input = relation[0];
        Relation plain;
        try {
            plain = queries.query(query.query());
        } catch (AnalysisException e) {
            CorrelatedQuery correlated = correlated(input, query, e);
            CorrelatedQuery.Value value = correlated.value();
            relation[0] = hidden(
                    planner.join(
                            input,
                            value.body().relation(),
                            JoinType.LEFT_OUTER,
                            value.body().condition()),
                    input);
            return value.value();
        }
        if (plain.size() != 1) {
            throw Asts.error(
                    "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
                    "A query that stands for a value must give one column, but gives " + plain.size(),
                    query.position());
        }
        Ast column = new Ast.Column(input.size(), plain.field(0).name(), query.position());
        boolean one = query.query() instanceof SqlSelect select && CorrelatedQuery.isOneRow(planner, reader, select);
        if (one) {
            relation[0] = hidden(planner.join(input, plain, JoinType.INNER, null), input);
            return column;
        }
        Ast value = new Ast.Column(0, plain.field(0).name(), query.position());
        Relation single = planner.select(plain, CorrelatedQuery.single(value));
        relation[0] = hidden(planner.join(input, single, JoinType.INNER, null), input);
        return CorrelatedQuery.checked(column, new Ast.Column(input.size() + 1, "count", query.position()));
    }

    private Body body(Relation input, Ast.Subquery query) {
        Relation plain;
        try {
            plain = queries.query(query.query());
        } catch (AnalysisException e) {
            return correlated(input, query, e).rows();
        }
        List<Ast> values = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            values.add(new Ast.Column(input.size() + i, plain.field(i).name(), query.position()));
        }
        return new Body(plain, values, null);
    }

    /** The query as one that reads columns around it, if that is why it cannot be read alone. */
    private CorrelatedQuery correlated(Relation input, Ast.Subquery query, AnalysisException error) {
        if (!error.condition().startsWith("UNRESOLVED_COLUMN")) {
            throw error;
        }
        return CorrelatedQuery.read(planner, reader, from, this, input, query, error);
    }
}
