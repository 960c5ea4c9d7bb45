// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.type.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts the expressions of a SELECT with groups: windows and queries are computed over the rows of the groups, so what these are made of must be a column of each
 * group first.
 */
final class AfterGroups {

    private final Planner planner;
    private final List<Ast> columns = new ArrayList<>();

    AfterGroups(Planner planner) {
        this.planner = planner;
    }

    private boolean isAggregate(Ast ast) {
        return ast instanceof Ast.Call call && planner.isAggregate(call.name());
    }

    /** Whether an aggregate is of what a query gives. */
    boolean readsQueriesBefore(Ast ast) {
        return Asts.any(ast, part -> isAggregate(part) && Subqueries.within(part));
    }

    /** Queries within aggregates become columns of the rows that are grouped. */
    Subqueries.Lifted lift(Subqueries subqueries, Relation input, List<Ast> asts) {
        Relation[] relation = {input};
        List<Ast> lifted = Asts.replace(asts, part -> {
            if (!isAggregate(part) || !Subqueries.within(part)) {
                return null;
            }
            Subqueries.Lifted made = subqueries.lift(relation[0], List.of(part));
            relation[0] = made.relation();
            return made.asts().get(0);
        });
        return new Subqueries.Lifted(relation[0], lifted);
    }

    /** Whether an expression needs the rows of the groups. */
    boolean isAfter(Ast ast) {
        return Asts.any(ast, part -> part instanceof Ast.Over || part instanceof Ast.Subquery);
    }

    /** The expression over the groups; what it needs of them is remembered. */
    Ast over(Ast ast) {
        if (ast instanceof Ast.Constant || ast instanceof Ast.Star) {
            return ast;
        }
        if (ast instanceof Ast.Alias alias) {
            return new Ast.Alias(over(alias.input()), alias.names(), alias.position());
        }
        if (!isAfter(ast)) {
            String name = SqlText.name(ast);
            columns.add(new Ast.Alias(ast, List.of("__group" + columns.size()), ast.position()));
            return new Ast.Column(columns.size() - 1, name, ast.position());
        }
        if (ast instanceof Ast.Over window) {
            // the function is one of the window, not of the group
            return new Ast.Over(
                    parts(window.function()),
                    window.ignoreNulls(),
                    window.partitions().stream().map(this::over).toList(),
                    window.orders().stream()
                            .map(key -> key.on(over(key.input())))
                            .toList(),
                    window.frame(),
                    window.position());
        }
        return parts(ast);
    }

    private Ast parts(Ast ast) {
        return Asts.replace(ast, part -> part == ast ? null : over(part));
    }

    /** What is needed of each group: the keys by their names, and what was remembered. */
    List<Ast> columns(List<Ast> keys) {
        List<Ast> all = new ArrayList<>(columns);
        keys.stream().filter(key -> key instanceof Ast.Name).forEach(all::add);
        return all;
    }

    /** The groups with the keys under the names that queries within know them by, and no other names. */
    Relation named(Relation groups, Relation input, List<Ast> keys) {
        List<Relation.Item> items = new ArrayList<>(groups.items().subList(0, columns.size()));
        for (Ast key : keys) {
            if (key instanceof Ast.Name name) {
                Names.Found found = Names.find(input, name);
                Field field = groups.field(items.size());
                items.add(
                        found == null || !found.fields().isEmpty()
                                ? groups.items().get(items.size())
                                : new Relation.Item(
                                        input.items().get(found.index()).qualifier(), field));
            }
        }
        return groups.with(items);
    }
}
