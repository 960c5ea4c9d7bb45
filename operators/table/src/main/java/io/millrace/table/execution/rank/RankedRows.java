// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.rank;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.IntColumn;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.RowBytes;
import io.millrace.table.execution.Changes;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What comes out of a ranking in one batch: rows that go, then rows that come. For one batch. */
final class RankedRows {

    private final TopRows.Shape shape;
    private final RowBytes form;
    private final List<Ranked> goes = new ArrayList<>();
    private final List<Ranked> comes = new ArrayList<>();

    RankedRows(TopRows.Shape shape, RowBytes form) {
        this.shape = shape;
        this.form = form;
    }

    /** The best rows of a group come. */
    void come(List<Ranked> rows) {
        comes.addAll(rows);
    }

    /** The best rows of a group are others now. With ranks, a row that changes its rank goes and comes. */
    void change(List<Ranked> before, List<Ranked> now) {
        List<Ranked> was = shape.rankColumn() ? before : withoutRanks(before);
        List<Ranked> is = shape.rankColumn() ? now : withoutRanks(now);
        goes.addAll(without(was, is));
        comes.addAll(without(is, was));
    }

    private static List<Ranked> withoutRanks(List<Ranked> rows) {
        return rows.stream().map(Ranked::withoutRank).toList();
    }

    /** The rows, with their kind of change if that is what comes out. */
    ColumnBatch build() {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(shape.columns(), goes.size() + comes.size());
        goes.forEach(row -> append(row, builder));
        comes.forEach(row -> append(row, builder));
        ColumnBatch all = builder.build();
        boolean changes = shape.emission() == TopRows.Emission.CHANGES;
        int width = shape.rows().size();
        Column[] columns = Arrays.copyOf(all.columns(), width + (shape.rankColumn() ? 1 : 0) + (changes ? 1 : 0));
        if (shape.rankColumn()) {
            columns[width] = ranks();
        }
        if (changes) {
            int[] kinds = new int[all.rows()];
            Arrays.fill(kinds, 0, goes.size(), Changes.GOES);
            Arrays.fill(kinds, goes.size(), kinds.length, Changes.COMES);
            columns[columns.length - 1] = new IntColumn(kinds, null);
        }
        Schema schema = changes ? Changes.with(shape.output()) : shape.output();
        return new ColumnBatch(schema, columns, all.rows());
    }

    private Column ranks() {
        List<Ranked> all = new ArrayList<>(goes);
        all.addAll(comes);
        boolean isLong = shape.output().field(shape.rows().size()).type() == AtomicType.LONG;
        return isLong
                ? new LongColumn(all.stream().mapToLong(Ranked::rank).toArray(), null)
                : new IntColumn(all.stream().mapToInt(Ranked::rank).toArray(), null);
    }

    private void append(Ranked row, ColumnBatchBuilder builder) {
        form.decode(row.row(), builder, 0);
        builder.rowDone();
    }

    /** Those of some rows that are not among others, each as often as it is there more often. */
    private static List<Ranked> without(List<Ranked> rows, List<Ranked> others) {
        Map<Ranked, Integer> left = new HashMap<>();
        others.forEach(row -> left.merge(row, 1, Integer::sum));
        List<Ranked> rest = new ArrayList<>();
        for (Ranked row : rows) {
            if (left.computeIfPresent(row, (same, count) -> count - 1) == null) {
                rest.add(row);
            } else {
                left.remove(row, 0);
            }
        }
        return rest;
    }
}
