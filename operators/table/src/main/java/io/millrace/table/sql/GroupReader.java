// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Reads GROUP BY. */
final class GroupReader {

    /** What {@code ALL} is called behind {@code BY}. */
    static final String ALL = "__all";

    /** A row becomes one for each set, so there must not be too many. */
    private static final int MAX_SETS = 4096;

    /** As many bits as {@code grouping_id} has. */
    private static final int MAX_KEYS = 64;

    private final Planner planner;
    private final AstReader reader;
    private final List<Ast> list;

    /** With the select list, whose places and columns keys may mean. */
    GroupReader(Planner planner, AstReader reader, List<Ast> list) {
        this.planner = planner;
        this.reader = reader;
        this.list = list;
    }

    Groups read(SqlNodeList group) {
        boolean several = false;
        List<List<Ast>> sets = List.of(List.of());
        for (SqlNode node : group) {
            several |= isSets(node);
            sets = product(sets, sets(node), node);
        }
        if (!several) {
            return Groups.by(sets.get(0));
        }
        List<Ast> keys = new ArrayList<>();
        for (SqlNode node : group) {
            keys.addAll(isSets(node) ? all(node) : keys(node));
        }
        if (keys.size() > MAX_KEYS) {
            throw Asts.error(
                    "GROUPING_SIZE_LIMIT_EXCEEDED",
                    "Grouping sets size cannot be greater than " + MAX_KEYS + ", but is " + keys.size(),
                    reader.position(group));
        }
        return new Groups(keys, sets);
    }

    private static boolean isSets(SqlNode node) {
        return node.getKind() == SqlKind.ROLLUP
                || node.getKind() == SqlKind.CUBE
                || node.getKind() == SqlKind.GROUPING_SETS;
    }

    /** The keys of an element, in the order in which they are written. */
    private List<Ast> all(SqlNode node) {
        List<Ast> keys = new ArrayList<>();
        for (SqlNode part : ((SqlCall) node).getOperandList()) {
            keys.addAll(isSets(part) ? all(part) : keys(part));
        }
        return keys;
    }

    /** The sets of keys that an element stands for. */
    private List<List<Ast>> sets(SqlNode node) {
        if (!isSets(node)) {
            return List.of(keys(node));
        }
        List<SqlNode> parts = ((SqlCall) node).getOperandList();
        List<List<Ast>> sets = new ArrayList<>();
        switch (node.getKind()) {
            case GROUPING_SETS -> parts.forEach(part -> sets.addAll(sets(part)));
            case ROLLUP -> {
                for (int count = parts.size(); count >= 0; count--) {
                    List<Ast> set = new ArrayList<>();
                    parts.subList(0, count).forEach(part -> set.addAll(keys(part)));
                    sets.add(set);
                }
            }
            default -> {
                List<List<Ast>> cube = List.of(List.of());
                for (SqlNode part : parts) {
                    cube = product(cube, List.of(keys(part), List.of()), node);
                }
                sets.addAll(cube);
            }
        }
        return sets;
    }

    private List<List<Ast>> product(List<List<Ast>> sets, List<List<Ast>> others, SqlNode node) {
        if ((long) sets.size() * others.size() > MAX_SETS) {
            throw Asts.error(
                    "UNSUPPORTED_FEATURE.GROUPING_SETS",
                    "GROUP BY stands for more than " + MAX_SETS + " sets of keys",
                    reader.position(node));
        }
        List<List<Ast>> product = new ArrayList<>();
        for (List<Ast> set : sets) {
            for (List<Ast> other : others) {
                List<Ast> both = new ArrayList<>(set);
                both.addAll(other);
                product.add(both);
            }
        }
        return product;
    }

    private List<Ast> keys(SqlNode node) {
        if (node instanceof SqlNodeList several) {
            return several.stream().flatMap(part -> keys(part).stream()).toList();
        }
        if (node.getKind() == SqlKind.ROW) {
            return ((SqlCall) node)
                    .getOperandList().stream()
                            .flatMap(part -> keys(part).stream())
                            .toList();
        }
        Ast key = reader.read(node);
        if (key instanceof Ast.Constant constant && constant.value() instanceof Integer place) {
            if (place < 1 || place > list.size()) {
                throw SelectReader.position("GROUP_BY_POS_OUT_OF_RANGE", "GROUP BY", place, list.size(), key);
            }
            return List.of(Asts.bare(list.get(place - 1)));
        }
        if (key instanceof Ast.Name name && name.parts().equals(List.of(ALL))) {
            return list.stream()
                    .filter(item -> !planner.aggregates(item))
                    .map(Asts::bare)
                    .toList();
        }
        return List.of(key);
    }
}
