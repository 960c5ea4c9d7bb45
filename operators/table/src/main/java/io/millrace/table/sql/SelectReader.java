// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Reads one SELECT, with the ORDER BY that follows it. */
final class SelectReader {

    private final Planner planner;
    private final AstReader reader;
    private final FromReader from;
    private final Subqueries subqueries;

    SelectReader(Planner planner, AstReader reader, FromReader from, QueryReader queries) {
        this.planner = planner;
        this.reader = reader;
        this.from = from;
        this.subqueries = new Subqueries(planner, reader, from, queries);
    }

    Relation select(SqlSelect select, List<Ast.SortKey> orders) {
        SqlNode source = select.getFrom();
        Relation input = source == null ? QueryReader.one(planner) : from.read(source);
        AstReader asts = reader.with(select.getWindowList());
        if (select.getWhere() != null) {
            input = subqueries.filter(input, asts.read(select.getWhere()));
        }
        List<Ast> list = asts.readAll(select.getSelectList());
        Groups keys = select.getGroup() == null ? null : new GroupReader(planner, asts, list).read(select.getGroup());
        Ast having = select.getHaving() == null ? null : asts.read(select.getHaving());
        Ast qualify = select.getQualify() == null ? null : asts.read(select.getQualify());
        boolean grouped = keys != null
                || list.stream().anyMatch(planner::aggregates)
                || (having != null && planner.aggregates(having));
        List<Ast.SortKey> sorts = ordinals(list, orders, input);
        Clauses clauses = new Clauses(list, having, qualify, sorts, select.isDistinct());
        return grouped ? grouped(input, keys == null ? Groups.ALL : keys, clauses) : plain(input, clauses);
    }

    private List<Ast.SortKey> ordinals(List<Ast> list, List<Ast.SortKey> orders, Relation input) {
        List<Ast> items = Selection.expand(input, list);
        List<Ast.SortKey> keys = new ArrayList<>();
        for (Ast.SortKey order : orders) {
            Ast by = order.input();
            if (isAll(by, orders, items)) {
                return items.stream().map(item -> order.on(Asts.bare(item))).toList();
            }
            if (by instanceof Ast.Name name && name.parts().equals(List.of(GroupReader.ALL))) {
                by = new Ast.Name(List.of("all"), by.position());
            }
            if (isDistributed(by)) {
                planner.expression(input, by);
                continue;
            }
            if (by instanceof Ast.Constant constant && constant.value() instanceof Integer place) {
                if (place < 1 || place > items.size()) {
                    throw position("ORDER_BY_POS_OUT_OF_RANGE", "ORDER BY", place, items.size(), order);
                }
                by = Asts.bare(items.get(place - 1));
            }
            keys.add(new Ast.SortKey(by, order.descending(), order.nullsFirst(), order.position()));
        }
        return keys;
    }

    /** Whether this is {@code ORDER BY ALL}, and no column of the name. */
    static boolean isAll(Ast by, List<Ast.SortKey> orders, List<Ast> items) {
        return orders.size() == 1
                && by instanceof Ast.Name name
                && name.parts().equals(List.of(GroupReader.ALL))
                && items.stream().noneMatch(item -> SqlText.name(item).equalsIgnoreCase("all"));
    }

    /** Whether this is what rows are distributed by, which does not order them. */
    static boolean isDistributed(Ast by) {
        return by instanceof Ast.Call call && call.name().equals(SparkDialect.DISTRIBUTED);
    }

    static AnalysisException position(String condition, String clause, int place, int size, Ast ast) {
        return Asts.error(
                condition,
                clause + " position " + place + " is not in the select list, which has " + size + " columns",
                ast.position());
    }

    private Relation plain(Relation around, Clauses written) {
        Relation input = around;
        Clauses clauses = written;
        if (clauses.any(ast -> ast instanceof Ast.Subquery)) {
            Clauses expanded = clauses.withList(Selection.expand(input, clauses.list()));
            Subqueries.Lifted lifted = subqueries.lift(input, expanded.all());
            input = lifted.relation();
            clauses = expanded.with(lifted.asts());
        }
        if (clauses.qualify() != null) {
            return qualified(input, clauses);
        }
        Relation selected = planner.select(input, clauses.list());
        if (clauses.distinct()) {
            selected = planner.distinct(selected);
        }
        List<Ast.SortKey> sorts = clauses.sorts();
        if (sorts.isEmpty()) {
            return selected;
        }
        // a column by its place is one of the rows below
        boolean below = sorts.stream()
                .anyMatch(sort -> Asts.any(sort, part -> part instanceof Ast.Over || part instanceof Ast.Column));
        Relation sorted = below ? null : sortedByResult(input, selected, sorts);
        if (sorted != null) {
            return sorted;
        }
        if (clauses.distinct()) {
            return planner.sort(selected, sorts);
        }
        List<Ast> more = new ArrayList<>(clauses.list());
        Map<String, Ast> aliases = clauses.aliases();
        for (Ast.SortKey sort : sorts) {
            boolean kept = isRepeated(selected, sort.input()) && isColumn(input, sort.input());
            more.add(kept ? sort.input() : substituted(sort.input(), aliases));
        }
        return sortedByLast(planner.select(input, more), selected.size(), sorts);
    }

    /** The rows for which what {@code QUALIFY} says of their windows is true. */
    private Relation qualified(Relation input, Clauses clauses) {
        Ast condition = java.util.Objects.requireNonNull(clauses.qualify());
        int size = Selection.expand(input, clauses.list()).size();
        Map<String, Ast> aliases = clauses.aliases();
        List<Ast> more = new ArrayList<>(clauses.list());
        more.add(condition);
        if (!clauses.distinct()) {
            clauses.sorts().forEach(sort -> more.add(substituted(sort.input(), aliases)));
        }
        Relation wide =
                planner.filter(planner.select(input, more), new Ast.Column(size, "qualify", condition.position()));
        if (clauses.distinct()) {
            Relation unique = planner.distinct(planner.first(wide, size));
            return clauses.sorts().isEmpty() ? unique : planner.sort(unique, clauses.sorts());
        }
        return clauses.sorts().isEmpty()
                ? planner.first(wide, size)
                : sortedByLast(wide, size + 1, size, clauses.sorts());
    }

    private Relation grouped(Relation around, Groups keys, Clauses written) {
        if (written.list().stream().anyMatch(item -> ExpressionResolver.generator(Asts.bare(item)))) {
            return generated(around, keys, written.withList(Selection.expand(around, written.list())));
        }
        AfterGroups after = new AfterGroups(planner);
        Relation input = around;
        Clauses clauses = written;
        if (clauses.all().stream().anyMatch(after::readsQueriesBefore)) {
            Clauses expanded = clauses.withList(Selection.expand(input, clauses.list()));
            Subqueries.Lifted lifted = after.lift(subqueries, input, expanded.all());
            input = lifted.relation();
            clauses = expanded.with(lifted.asts());
        }
        if (clauses.qualify() != null || clauses.all().stream().anyMatch(after::isAfter)) {
            return afterGroups(input, keys, clauses.withList(Selection.expand(input, clauses.list())), after);
        }
        return ofGroups(input, keys, clauses);
    }

    /** Generators over groups: what they work on is computed for each group first. */
    private Relation generated(Relation input, Groups keys, Clauses clauses) {
        List<Ast> below = new ArrayList<>();
        List<Ast> above = new ArrayList<>();
        for (Ast item : clauses.list()) {
            Position position = item.position();
            if (Asts.bare(item) instanceof Ast.Call call && ExpressionResolver.generator(call)) {
                List<Ast> arguments = new ArrayList<>();
                for (Ast argument : call.arguments()) {
                    boolean constant = argument instanceof Ast.Constant;
                    arguments.add(constant ? argument : new Ast.Column(below.size(), "", position));
                    if (!constant) {
                        below.add(new Ast.Alias(argument, List.of("__generated" + below.size()), position));
                    }
                }
                Ast made = Asts.call(call.name(), position, arguments);
                above.add(item instanceof Ast.Alias alias ? new Ast.Alias(made, alias.names(), position) : made);
            } else {
                above.add(new Ast.Column(below.size(), SqlText.name(item), position));
                below.add(item);
            }
        }
        Relation groups = grouped(input, keys, new Clauses(below, clauses.having(), null, List.of(), false));
        return plain(groups, new Clauses(above, null, clauses.qualify(), clauses.sorts(), clauses.distinct()));
    }

    /** Windows and queries over groups: what they are over is computed for each group first. */
    private Relation afterGroups(Relation input, Groups groups, Clauses clauses, AfterGroups after) {
        Map<String, Ast> aliases = clauses.aliases();
        Predicate<Ast> ofRows = sort -> substituted(sort, aliases) == sort;
        Clauses meant = clauses.replace(
                part -> {
                    Ast meaning = part instanceof Ast.Name name && Names.find(input, name) == null
                            ? substituted(part, aliases)
                            : part;
                    return meaning != part && after.isAfter(meaning) ? meaning : null;
                },
                ofRows);
        Clauses over = meant.replace(after::over, ofRows);
        Relation grouped = planner.group(input, groups, after.columns(groups.keys()), aliases);
        Relation named = after.named(grouped, input, groups.keys());
        Relation kept = over.having() == null ? named : subqueries.filter(named, over.having());
        return plain(kept, over.withoutHaving());
    }

    private Relation ofGroups(Relation input, Groups keys, Clauses clauses) {
        List<Ast> list = clauses.list();
        Map<String, Ast> results = clauses.aliases();
        Ast having = clauses.having() == null ? null : ofResult(clauses.having(), results);
        List<Ast.SortKey> sorts = clauses.sorts().stream()
                .map(sort -> sort.on(ofResult(sort.input(), results)))
                .toList();
        int size = Selection.expand(input, list).size();
        List<Ast> more = new ArrayList<>(list);
        if (having != null) {
            more.add(having);
        }
        sorts.forEach(sort -> more.add(sort.input()));
        Relation grouped = planner.group(input, keys, more, clauses.aliases());
        if (having != null) {
            grouped = planner.filter(grouped, new Ast.Column(size, "having", having.position()));
        }
        int hidden = size + (having == null ? 0 : 1);
        if (sorts.isEmpty() || clauses.distinct()) {
            Relation result = grouped.size() == size ? grouped : planner.first(grouped, size);
            Relation unique = clauses.distinct() ? planner.distinct(result) : result;
            return sorts.isEmpty() ? unique : planner.sort(unique, clauses.sorts());
        }
        return sortedByLast(grouped, hidden, size, sorts);
    }

    /** An expression in which names mean columns of the select list before they mean those of the rows that are grouped; what is aggregated is of the rows. */
    private Ast ofResult(Ast ast, Map<String, Ast> results) {
        return Asts.replace(ast, part -> {
            if (part instanceof Ast.Call call && planner.isAggregate(call.name())) {
                return part;
            }
            Ast meaning = substituted(part, results);
            return meaning == part ? null : meaning;
        });
    }

    private static boolean isColumn(Relation rows, Ast ast) {
        return ast instanceof Ast.Name name && Names.find(rows, name) != null;
    }

    /** Whether several columns have a name. */
    private static boolean isRepeated(Relation relation, Ast ast) {
        return ast instanceof Ast.Name name
                && name.parts().size() == 1
                && relation.items().stream()
                                .filter(item -> item.field()
                                        .name()
                                        .equalsIgnoreCase(name.parts().get(0)))
                                .count()
                        > 1;
    }

    private @Nullable Relation sortedByResult(Relation input, Relation selected, List<Ast.SortKey> sorts) {
        for (Ast.SortKey sort : sorts) {
            if (isRepeated(selected, sort.input())) {
                if (!isColumn(input, sort.input())) {
                    throw Names.unresolved(selected, (Ast.Name) sort.input());
                }
                return null;
            }
        }
        try {
            return planner.sort(selected, sorts);
        } catch (AnalysisException e) {
            if (e.condition().startsWith("UNRESOLVED_COLUMN")) {
                return null;
            }
            throw e;
        }
    }

    private Relation sortedByLast(Relation wide, int size, List<Ast.SortKey> sorts) {
        return sortedByLast(wide, size, size, sorts);
    }

    /** In the order of the columns from a place on; the first columns come out. */
    private Relation sortedByLast(Relation wide, int from, int size, List<Ast.SortKey> sorts) {
        List<Ast.SortKey> places = new ArrayList<>();
        for (int i = 0; i < sorts.size(); i++) {
            places.add(at(sorts.get(i), from + i));
        }
        return planner.first(planner.sort(wide, places), size);
    }

    private static Ast.SortKey at(Ast.SortKey sort, int place) {
        return new Ast.SortKey(
                new Ast.Column(place, SqlText.name(sort.input()), sort.position()),
                sort.descending(),
                sort.nullsFirst(),
                sort.position());
    }

    private static Ast substituted(Ast ast, Map<String, Ast> aliases) {
        Ast meaning = ast instanceof Ast.Name name && name.parts().size() == 1
                ? aliases.get(name.parts().get(0).toLowerCase(Locale.ROOT))
                : null;
        return meaning == null ? ast : meaning;
    }
}
