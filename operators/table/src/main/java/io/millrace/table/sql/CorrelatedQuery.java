// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.AtomicType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/**
 * A query within an expression that reads columns of the query around it. What it compares with them in WHERE becomes the condition of a join; where rows are aggregated, they are by what is
 * compared, too.
 */
final class CorrelatedQuery {

    private static final Set<String> COUNTS = Set.of("count", "count_if", "approx_count_distinct", "regr_count");
    private static final Set<String> LISTS = Set.of("collect_list", "collect_set", "array_agg");
    private static final String OUTER = "__outer";

    private final Planner planner;
    private final Relation outer;
    private final Ast.Subquery query;
    private final boolean distinct;
    private final List<Ast> list;
    private final List<Ast> keys;
    private final @Nullable Ast having;
    private final boolean grouped;
    private final List<Ast.SortKey> orders;
    private final long limit;
    private final List<Ast> correlated = new ArrayList<>();
    private final Relation from;

    /**
     * The value of a query.
     *
     * @param body what is joined, by its condition
     * @param value over the columns of both
     */
    record Value(Subqueries.Body body, Ast value) {}

    /** Rows, and what of them must be equal to what around them. */
    private record Keyed(Relation rows, List<Ast> inner, List<Ast> outer, String operator) {}

    private CorrelatedQuery(
            Planner planner,
            AstReader reader,
            FromReader tables,
            Subqueries subqueries,
            Relation outer,
            Ast.Subquery query,
            SqlSelect select,
            List<Ast.SortKey> orders,
            long limit) {
        this.planner = planner;
        this.outer = outer;
        this.query = query;
        this.orders = orders;
        this.limit = limit;
        SqlNode source = select.getFrom();
        Relation rows = source == null ? QueryReader.one(planner) : tables.read(source);
        Ast where = select.getWhere() == null ? null : reader.read(select.getWhere());
        for (Ast part : where == null ? List.<Ast>of() : Asts.conjuncts(where)) {
            if (isOuter(part, rows)) {
                correlated.add(part);
            } else {
                rows = subqueries.filter(rows, part);
            }
        }
        this.from = rows;
        this.distinct = select.isDistinct();
        this.list = Selection.expand(rows, reader.readAll(select.getSelectList()));
        this.keys = select.getGroup() == null ? List.of() : reader.readAll(select.getGroup());
        this.having = select.getHaving() == null ? null : reader.read(select.getHaving());
        this.grouped =
                select.getGroup() != null || having != null || list.stream().anyMatch(planner::aggregates);
    }

    /**
     * Reads a query.
     *
     * @param error why it cannot be read without what is around it
     */
    static CorrelatedQuery read(
            Planner planner,
            AstReader reader,
            FromReader from,
            Subqueries subqueries,
            Relation outer,
            Ast.Subquery query,
            AnalysisException error) {
        SqlNode node = query.query();
        List<Ast.SortKey> orders = new ArrayList<>();
        long limit = Long.MAX_VALUE;
        if (node instanceof SqlOrderBy ordered) {
            ordered.orderList.forEach(key -> orders.add(reader.sortKey(key)));
            if (ordered.fetch != null
                    && reader.read(ordered.fetch) instanceof Ast.Constant count
                    && count.value() instanceof Number number) {
                limit = number.longValue();
            }
            node = ordered.query;
        }
        if (!(node instanceof SqlSelect select)) {
            throw error;
        }
        return new CorrelatedQuery(planner, reader, from, subqueries, outer, query, select, orders, limit);
    }

    /** Whether a query gives one row, whatever there is: it aggregates, and has no groups. */
    static boolean isOneRow(Planner planner, AstReader reader, SqlSelect select) {
        return select.getGroup() == null
                && select.getHaving() == null
                && select.getQualify() == null
                && reader.readAll(select.getSelectList()).stream().anyMatch(planner::aggregates);
    }

    /** Whether an expression reads a column that is not of the query itself but of the one around. */
    private boolean isOuter(Ast ast, Relation rows) {
        return Asts.any(
                ast,
                part -> part instanceof Ast.Name name
                        && Names.find(rows, name) == null
                        && Names.find(outer, name) != null);
    }

    private boolean isInner(Ast ast) {
        return Asts.any(ast, part -> part instanceof Ast.Name name && Names.find(from, name) != null);
    }

    /** Its rows, for {@code EXISTS} and {@code IN}. */
    Subqueries.Body rows() {
        boolean exists = query.meaning() == Ast.Meaning.EXISTS;
        if (grouped) {
            if (exists && keys.isEmpty() && having == null) {
                return new Subqueries.Body(QueryReader.one(planner), List.of(), null);
            }
            if (keys.isEmpty()) {
                throw unsupported("HAVING without GROUP BY");
            }
            List<Ast> values = exists ? List.of(Asts.truth(true, query.position())) : list;
            return grouped(keyed(), values);
        }
        if (limit == 0) {
            return new Subqueries.Body(planner.limit(from, 0, 0), both(list), null);
        }
        if (!exists && limit != Long.MAX_VALUE) {
            throw unsupported("LIMIT");
        }
        return new Subqueries.Body(
                from, exists ? List.of() : both(list), correlated.isEmpty() ? null : Subqueries.and(both(correlated)));
    }

    /** Over the columns around, and behind them those of the query. */
    private List<Ast> both(List<Ast> asts) {
        return Asts.replace(asts, part -> {
            if (part instanceof Ast.Column column) {
                return new Ast.Column(outer.size() + column.index(), column.name(), column.position());
            }
            if (!(part instanceof Ast.Name name)) {
                return null;
            }
            Ast inner = Names.column(from, name, outer.size());
            Ast column = inner == null ? Names.column(outer, name, 0) : inner;
            if (column == null) {
                throw Names.unresolved(from, name);
            }
            return column;
        });
    }

    /** Its value, for a query that stands for one. */
    Value value() {
        if (list.size() != 1) {
            throw Asts.error(
                    "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
                    "A query that stands for a value must give one column, but gives " + list.size(),
                    query.position());
        }
        Keyed keyed = keyed();
        if (grouped && keys.isEmpty()) {
            return aggregate(keyed);
        }
        Relation rows = grouped ? grouped(keyed, list).relation() : ungrouped(keyed);
        int count = keyed.inner().size();
        List<Ast> places = places(0, count);
        List<Ast> all = new ArrayList<>(places);
        all.addAll(single(new Ast.Column(count, "value", query.position())));
        Relation single = planner.group(rows, places, all, Map.of());
        Ast value = new Ast.Column(outer.size() + count, "value", query.position());
        Ast times = new Ast.Column(outer.size() + count + 1, "count", query.position());
        return new Value(new Subqueries.Body(single, List.of(), meets(keyed)), checked(value, times));
    }

    /** The first value, and how many there are. */
    static List<Ast> single(Ast value) {
        Position position = value.position();
        return List.of(
                new Ast.Alias(Asts.call("first", position, value), List.of("value"), position),
                new Ast.Alias(
                        Asts.call("count", position, new Ast.Star(List.of(), List.of(), position)),
                        List.of("count"),
                        position));
    }

    /** The value, if it is the only one. */
    static Ast checked(Ast value, Ast count) {
        return new Ast.Case(
                List.of(new Ast.When(Asts.call(ExpressionResolver.SINGLE, value.position(), count), value)),
                null,
                value.position());
    }

    private Value aggregate(Keyed keyed) {
        if (having != null) {
            throw unsupported("HAVING without GROUP BY");
        }
        int count = keyed.inner().size();
        List<Ast> columns = new ArrayList<>(named(keyed.inner()));
        columns.add(list.get(0));
        columns.add(new Ast.Alias(Asts.truth(true, query.position()), List.of("found"), query.position()));
        Relation rows = planner.group(keyed.rows(), keyed.inner(), columns, Map.of());
        Ast value = new Ast.Column(outer.size() + count, "value", query.position());
        Ast found = new Ast.Column(outer.size() + count + 1, "found", query.position());
        Ast empty = outers(Asts.replace(Asts.bare(list.get(0)), this::ofNothing));
        if (!(empty instanceof Ast.Constant constant && constant.value() == null)) {
            value = new Ast.Case(
                    List.of(new Ast.When(Asts.call("isnull", query.position(), found), empty)),
                    value,
                    query.position());
        }
        return new Value(new Subqueries.Body(rows, List.of(), meets(keyed)), value);
    }

    /** What an aggregate is of no rows. */
    private @Nullable Ast ofNothing(Ast part) {
        if (!(part instanceof Ast.Call call) || !planner.isAggregate(call.name())) {
            return null;
        }
        if (COUNTS.contains(call.name())) {
            return new Ast.Constant(0L, AtomicType.LONG, "0", part.position());
        }
        return LISTS.contains(call.name())
                ? Asts.call("array", part.position())
                : new Ast.Constant(null, AtomicType.NULL, "NULL", part.position());
    }

    private Ast outers(Ast ast) {
        return Asts.replace(ast, part -> part instanceof Ast.Name name ? Names.column(outer, name, 0) : null);
    }

    /** The keys, then the value, of the first rows that are asked for. */
    private Relation ungrouped(Keyed keyed) {
        List<Ast> columns = new ArrayList<>(named(keyed.inner()));
        columns.add(list.get(0));
        int count = columns.size();
        if (limit == Long.MAX_VALUE) {
            Relation rows = planner.select(keyed.rows(), columns);
            return distinct ? planner.distinct(rows) : rows;
        }
        if (distinct) {
            throw unsupported("DISTINCT with LIMIT");
        }
        List<Ast.SortKey> order =
                orders.isEmpty() ? List.of(new Ast.SortKey(list.get(0), false, null, query.position())) : orders;
        columns.add(new Ast.Alias(
                new Ast.Over(
                        Asts.call("row_number", query.position()), false, keyed.inner(), order, null, query.position()),
                List.of("rank"),
                query.position()));
        Ast bound = Asts.call(
                "<=",
                query.position(),
                new Ast.Column(count, "rank", query.position()),
                new Ast.Constant(limit, AtomicType.LONG, String.valueOf(limit), query.position()));
        return planner.first(planner.filter(planner.select(keyed.rows(), columns), bound), count);
    }

    /** The keys, then some values, for each group. */
    private Subqueries.Body grouped(Keyed keyed, List<Ast> values) {
        List<Ast> groups = new ArrayList<>(keyed.inner());
        groups.addAll(keys);
        List<Ast> columns = new ArrayList<>(named(keyed.inner()));
        columns.addAll(values);
        int count = columns.size();
        if (having != null) {
            columns.add(having);
        }
        Relation rows = planner.group(keyed.rows(), groups, columns, Map.of());
        if (having != null) {
            rows = planner.first(planner.filter(rows, new Ast.Column(count, "having", query.position())), count);
        }
        return new Subqueries.Body(rows, places(outer.size() + keyed.inner().size(), values.size()), meets(keyed));
    }

    private List<Ast> places(int from, int count) {
        List<Ast> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(new Ast.Column(from + i, "key" + i, query.position()));
        }
        return places;
    }

    private static List<Ast> named(List<Ast> keys) {
        List<Ast> named = new ArrayList<>();
        keys.forEach(key -> named.add(new Ast.Alias(key, List.of("__key" + named.size()), key.position())));
        return named;
    }

    /** Keys that come first in the query's columns are equal to what is around. */
    private Ast meets(Keyed keyed) {
        List<Ast> equal = new ArrayList<>();
        for (int i = 0; i < keyed.outer().size(); i++) {
            Ast key = new Ast.Column(outer.size() + i, "key" + i, query.position());
            equal.add(
                    Asts.call(keyed.operator(), query.position(), keyed.outer().get(i), key));
        }
        return Subqueries.and(equal);
    }

    /**
     * The rows by what they have in common with rows around: if that is only that some values are equal, by these; otherwise each row is taken for all the different
     * values around that it belongs to.
     */
    private Keyed keyed() {
        List<Ast> all = new ArrayList<>(list);
        all.addAll(keys);
        orders.forEach(order -> all.add(order.input()));
        if (having != null) {
            all.add(having);
        }
        List<Ast> inner = new ArrayList<>();
        List<Ast> around = new ArrayList<>();
        boolean plain = all.stream().noneMatch(ast -> isOuter(ast, from));
        for (Ast part : correlated) {
            plain &= part instanceof Ast.Call call
                    && call.name().equals("=")
                    && pair(call.arguments().get(0), call.arguments().get(1), inner, around);
        }
        if (plain && !inner.isEmpty()) {
            return new Keyed(from, inner, around, "=");
        }
        return overDomain(all);
    }

    private boolean pair(Ast one, Ast other, List<Ast> inner, List<Ast> around) {
        for (List<Ast> sides : List.of(List.of(one, other), List.of(other, one))) {
            Ast mine = sides.get(0);
            Ast theirs = sides.get(1);
            if (isInner(mine) && !isOuter(mine, from) && isOuter(theirs, from) && !isInner(theirs)) {
                inner.add(mine);
                around.add(outers(theirs));
                return true;
            }
        }
        return false;
    }

    private Keyed overDomain(List<Ast> all) {
        if (all.stream().anyMatch(ast -> isOuter(ast, from))) {
            throw unsupported("a column of the query around it outside WHERE");
        }
        Set<Integer> used = new TreeSet<>();
        for (Ast ast : correlated) {
            Asts.replace(ast, part -> {
                if (part instanceof Ast.Name name && Names.find(from, name) == null) {
                    Names.Found found = Names.find(outer, name);
                    if (found != null) {
                        used.add(found.index());
                    }
                }
                return null;
            });
        }
        List<Ast> columns = new ArrayList<>();
        List<Ast> inner = new ArrayList<>();
        List<Ast> around = new ArrayList<>();
        for (int place : used) {
            Ast column = new Ast.Column(place, outer.field(place).name(), query.position());
            columns.add(new Ast.Alias(column, List.of(OUTER + place), query.position()));
            around.add(column);
            inner.add(new Ast.Name(List.of(OUTER + place), query.position()));
        }
        Relation domain = planner.distinct(planner.select(outer, columns));
        List<Ast> conditions = Asts.replace(correlated, part -> {
            if (part instanceof Ast.Name name && Names.find(from, name) == null) {
                Names.Found found = Names.find(outer, name);
                if (found != null) {
                    List<String> path = new ArrayList<>(List.of(OUTER + found.index()));
                    path.addAll(found.fields());
                    return new Ast.Name(path, name.position());
                }
            }
            return null;
        });
        Relation rows =
                planner.join(from, domain, JoinType.INNER, conditions.isEmpty() ? null : Subqueries.and(conditions));
        return new Keyed(rows, inner, around, "<=>");
    }

    private AnalysisException unsupported(String what) {
        return Asts.error(
                "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.ACCESSING_OUTER_QUERY_COLUMN_IS_NOT_ALLOWED",
                "A query that reads columns of the query around it must not have " + what,
                query.position());
    }
}
