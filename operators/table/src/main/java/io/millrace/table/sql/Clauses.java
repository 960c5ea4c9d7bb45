// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a SELECT makes of its rows, and in which order.
 *
 * @param having which groups come out; null for all
 * @param qualify which rows come out once windows are computed; null for all
 */
record Clauses(
        List<Ast> list, @Nullable Ast having, @Nullable Ast qualify, List<Ast.SortKey> sorts, boolean distinct) {

    Clauses {
        list = List.copyOf(list);
        sorts = List.copyOf(sorts);
    }

    Clauses withList(List<Ast> other) {
        return new Clauses(other, having, qualify, sorts, distinct);
    }

    Clauses withoutHaving() {
        return new Clauses(list, null, qualify, sorts, distinct);
    }

    /** All expressions: the list, the conditions, the order. */
    List<Ast> all() {
        List<Ast> all = new ArrayList<>(list);
        if (having != null) {
            all.add(having);
        }
        if (qualify != null) {
            all.add(qualify);
        }
        sorts.forEach(sort -> all.add(sort.input()));
        return all;
    }

    /** With others in place of {@link #all}; columns keep their names. */
    Clauses with(List<Ast> all) {
        int at = list.size();
        List<Ast> columns = new ArrayList<>();
        for (int i = 0; i < at; i++) {
            columns.add(named(all.get(i), list.get(i)));
        }
        Ast groups = having == null ? null : all.get(at++);
        Ast rows = qualify == null ? null : all.get(at++);
        List<Ast.SortKey> keys = new ArrayList<>();
        for (Ast.SortKey sort : sorts) {
            keys.add(sort.on(all.get(at++)));
        }
        return new Clauses(columns, groups, rows, keys, distinct);
    }

    private static Ast named(Ast column, Ast before) {
        return column == before || column instanceof Ast.Alias || before instanceof Ast.Star
                ? column
                : new Ast.Alias(column, List.of(SqlText.name(before)), before.position());
    }

    /** With other parts, but of the order only where it is asked for. */
    Clauses replace(Function<Ast, @Nullable Ast> change, Predicate<Ast> sortChanges) {
        List<Ast> all = all();
        int first = all.size() - sorts.size();
        List<Ast> changed = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Ast ast = all.get(i);
            changed.add(i < first || sortChanges.test(ast) ? Asts.replace(ast, change) : ast);
        }
        return with(changed);
    }

    boolean any(Predicate<Ast> wanted) {
        return all().stream().anyMatch(ast -> Asts.any(ast, wanted));
    }

    /** What the names in the list stand for. */
    Map<String, Ast> aliases() {
        Map<String, Ast> aliases = new HashMap<>();
        for (Ast item : list) {
            if (item instanceof Ast.Alias alias && alias.names().size() == 1) {
                aliases.putIfAbsent(alias.names().get(0).toLowerCase(Locale.ROOT), alias.input());
            }
        }
        return aliases;
    }
}
