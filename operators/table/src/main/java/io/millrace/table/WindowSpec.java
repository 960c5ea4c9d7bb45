// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.sql.Ast;
import io.millrace.table.sql.Position;
import io.millrace.table.type.AtomicType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows a window function ranks together, and their order. Immutable. */
public final class WindowSpec {

    private final List<Ast> partitions;
    private final List<Ast.SortKey> orders;
    private final Ast.@Nullable Frame frame;

    WindowSpec(List<Ast> partitions, List<Ast.SortKey> orders) {
        this(partitions, orders, null);
    }

    private WindowSpec(List<Ast> partitions, List<Ast.SortKey> orders, Ast.@Nullable Frame frame) {
        this.partitions = partitions;
        this.orders = orders;
        this.frame = frame;
    }

    /** The order within a partition. */
    public WindowSpec orderBy(Column... columns) {
        List<Ast.SortKey> keys = new ArrayList<>();
        Arrays.stream(columns).map(Column::ast).forEach(ast -> keys.add(sortKey(ast)));
        return new WindowSpec(partitions, keys, frame);
    }

    /**
     * The rows that a function sees, counted from the current one: negative for before it. {@link Long#MIN_VALUE} and {@link Long#MAX_VALUE} are the ends of the partition.
     */
    public WindowSpec rowsBetween(long start, long end) {
        return new WindowSpec(partitions, orders, new Ast.Frame(true, bound(start), bound(end)));
    }

    /** The rows that a function sees, by their distance in the order, as {@link #rowsBetween} otherwise; 0 is all rows that are equal in the order. */
    public WindowSpec rangeBetween(long start, long end) {
        return new WindowSpec(partitions, orders, new Ast.Frame(false, bound(start), bound(end)));
    }

    private static Ast.Bound bound(long place) {
        if (place == Long.MIN_VALUE || place == Long.MAX_VALUE || place == 0) {
            return new Ast.Bound(Long.signum(place), null);
        }
        long distance = Math.abs(place);
        Ast offset = distance <= Integer.MAX_VALUE
                ? new Ast.Constant((int) distance, AtomicType.INT, String.valueOf(distance), Position.NONE)
                : new Ast.Constant(distance, AtomicType.LONG, String.valueOf(distance), Position.NONE);
        return new Ast.Bound(Long.signum(place), offset);
    }

    Ast.@Nullable Frame frame() {
        return frame;
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
