// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.sql.Ast;
import io.millrace.table.sql.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows a window function ranks together, and their order. Immutable. */
public final class WindowSpec {

    private final List<Ast> partitions;
    private final List<Ast.SortKey> orders;

    WindowSpec(List<Ast> partitions, List<Ast.SortKey> orders) {
        this.partitions = partitions;
        this.orders = orders;
    }

    /** The order within a partition. */
    public WindowSpec orderBy(Column... columns) {
        List<Ast.SortKey> keys = new ArrayList<>();
        Arrays.stream(columns).map(Column::ast).forEach(ast -> keys.add(sortKey(ast)));
        return new WindowSpec(partitions, keys);
    }

    List<Ast> partitions() {
        return partitions;
    }

    List<Ast.SortKey> orders() {
        return orders;
    }

    static Ast.SortKey sortKey(Ast ast) {
        return ast instanceof Ast.SortKey key ? key : new Ast.SortKey(ast, false, null, Position.NONE);
    }
}
