// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.plan.QueryPlan.JoinType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Reads one SELECT, with the ORDER BY that follows it. */
final class SelectReader {

    private final Planner planner;
    private final AstReader reader;
    private final FromReader from;
    private final QueryReader queries;

    SelectReader(Planner planner, AstReader reader, FromReader from, QueryReader queries) {
        this.planner = planner;
        this.reader = reader;
        this.from = from;
        this.queries = queries;
    }

    Relation select(SqlSelect select, List<Ast.SortKey> orders) {
        SqlNode source = select.getFrom();
        Relation input = source == null ? QueryReader.one(planner) : from.read(source);
        if (select.getWhere() != null) {
            input = where(input, select.getWhere());
        }
        List<Ast> list = reader.readAll(select.getSelectList());
        Map<String, Ast> aliases = aliases(list);
        List<Ast> keys = select.getGroup() == null ? null : keys(select.getGroup(), list);
        Ast having = select.getHaving() == null ? null : reader.read(select.getHaving());
        boolean grouped = keys != null
                || list.stream().anyMatch(planner::aggregates)
                || (having != null && planner.aggregates(having));
        List<Ast.SortKey> sorts = ordinals(list, orders, input);
        Relation result = grouped
                ? grouped(input, keys == null ? List.of() : keys, list, aliases, having, sorts, select.isDistinct())
                : plain(input, list, aliases, sorts, select.isDistinct());
        if (select.getQualify() != null) {
            throw Asts.error(
                    "UNSUPPORTED_FEATURE.QUALIFY",
                    "QUALIFY is not supported; put row_number() into a query and its bound into WHERE",
                    reader.position(select.getQualify()));
        }
        return result;
    }

    /** A condition; {@code x IN (SELECT …)} and {@code EXISTS} as a part of it are joins. */
    private Relation where(Relation input, SqlNode where) {
        if (where.getKind() == SqlKind.AND) {
            Relation filtered = input;
            for (SqlNode part : ((SqlCall) where).getOperandList()) {
                filtered = where(filtered, part);
            }
            return filtered;
        }
        if (where.getKind() == SqlKind.IN && !(((SqlCall) where).operand(1) instanceof SqlNodeList)) {
            Relation found = queries.query(((SqlCall) where).operand(1));
            if (found.size() != 1) {
                throw Asts.error(
                        "IN_SUBQUERY_DATA_TYPE_MISMATCH",
                        "The query of IN must give one column, but gives " + found.size(),
                        reader.position(where));
            }
            Relation wanted = planner.renameAll(found, List.of("__in"));
            Ast value = reader.read(((SqlCall) where).operand(0));
            Ast column = new Ast.Column(input.size(), wanted.field(0).name(), value.position());
            return planner.join(input, wanted, JoinType.LEFT_SEMI, Asts.call("=", value.position(), value, column));
        }
        return planner.filter(input, reader.read(where));
    }

    private static Map<String, Ast> aliases(List<Ast> list) {
        Map<String, Ast> aliases = new HashMap<>();
        for (Ast item : list) {
            if (item instanceof Ast.Alias alias && alias.names().size() == 1) {
                aliases.putIfAbsent(alias.names().get(0).toLowerCase(Locale.ROOT), alias.input());
            }
        }
        return aliases;
    }

    private List<Ast> keys(SqlNodeList group, List<Ast> list) {
        List<Ast> keys = new ArrayList<>();
        for (SqlNode node : group) {
            if (node.getKind() == SqlKind.ROLLUP
                    || node.getKind() == SqlKind.CUBE
                    || node.getKind() == SqlKind.GROUPING_SETS) {
                throw Asts.error(
                        "UNSUPPORTED_FEATURE.GROUPING_SETS",
                        "ROLLUP, CUBE and GROUPING SETS are not supported",
                        reader.position(node));
            }
            Ast key = reader.read(node);
            if (key instanceof Ast.Constant constant && constant.value() instanceof Integer place) {
                if (place < 1 || place > list.size()) {
                    throw position("GROUP_BY_POS_OUT_OF_RANGE", "GROUP BY", place, list.size(), key);
                }
                keys.add(Asts.bare(list.get(place - 1)));
            } else if (key instanceof Ast.Name name && name.parts().equals(List.of("__all"))) {
                list.stream()
                        .filter(item -> !planner.aggregates(item))
                        .map(Asts::bare)
                        .forEach(keys::add);
            } else {
                keys.add(key);
            }
        }
        return keys;
    }

    private static List<Ast.SortKey> ordinals(List<Ast> list, List<Ast.SortKey> orders, Relation input) {
        List<Ast> items = Selection.expand(input, list);
        List<Ast.SortKey> keys = new ArrayList<>();
        for (Ast.SortKey order : orders) {
            Ast by = order.input();
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

    static AnalysisException position(String condition, String clause, int place, int size, Ast ast) {
        return Asts.error(
                condition,
                clause + " position " + place + " is not in the select list, which has " + size + " columns",
                ast.position());
    }

    private Relation plain(
            Relation input, List<Ast> list, Map<String, Ast> aliases, List<Ast.SortKey> sorts, boolean distinct) {
        Relation selected = planner.select(input, list);
        if (distinct) {
            selected = planner.distinct(selected);
        }
        if (sorts.isEmpty()) {
            return selected;
        }
        Relation sorted = sortedByResult(selected, sorts);
        if (sorted != null) {
            return sorted;
        }
        if (distinct) {
            return planner.sort(selected, sorts);
        }
        List<Ast> more = new ArrayList<>(list);
        sorts.forEach(sort -> more.add(substituted(sort.input(), aliases)));
        return sortedByLast(planner.select(input, more), selected.size(), sorts);
    }

    private Relation grouped(
            Relation input,
            List<Ast> keys,
            List<Ast> list,
            Map<String, Ast> aliases,
            @Nullable Ast having,
            List<Ast.SortKey> sorts,
            boolean distinct) {
        int size = Selection.expand(input, list).size();
        List<Ast> more = new ArrayList<>(list);
        if (having != null) {
            more.add(having);
        }
        sorts.forEach(sort -> more.add(sort.input()));
        Relation grouped = planner.group(input, keys, more, aliases);
        if (having != null) {
            grouped = planner.filter(grouped, new Ast.Column(size, "having", having.position()));
        }
        int hidden = size + (having == null ? 0 : 1);
        if (sorts.isEmpty() || distinct) {
            Relation result = grouped.size() == size ? grouped : planner.first(grouped, size);
            Relation unique = distinct ? planner.distinct(result) : result;
            return sorts.isEmpty() ? unique : planner.sort(unique, sorts);
        }
        List<Ast.SortKey> places = new ArrayList<>();
        for (int i = 0; i < sorts.size(); i++) {
            places.add(at(sorts.get(i), hidden + i));
        }
        return planner.first(planner.sort(grouped, places), size);
    }

    private @Nullable Relation sortedByResult(Relation selected, List<Ast.SortKey> sorts) {
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
        List<Ast.SortKey> places = new ArrayList<>();
        for (int i = 0; i < sorts.size(); i++) {
            places.add(at(sorts.get(i), size + i));
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
