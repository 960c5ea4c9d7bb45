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
import java.util.List;

/** What comes out of a ranking in one batch: rows that go, then rows that come. For one batch. */
final class RankedRows {

    /** A row with its rank, from 1. */
    private record Ranked(byte[] row, int rank) {}

    private final TopRows.Shape shape;
    private final RowBytes form;
    private final List<Ranked> goes = new ArrayList<>();
    private final List<Ranked> comes = new ArrayList<>();

    RankedRows(TopRows.Shape shape, RowBytes form) {
        this.shape = shape;
        this.form = form;
    }

    /** The best rows of a group come. */
    void add(List<byte[]> rows) {
        for (int i = 0; i < rows.size(); i++) {
            comes.add(new Ranked(rows.get(i), i + 1));
        }
    }

    /** The best rows of a group are others now. With ranks, a row that changes its rank goes and comes. */
    void add(List<byte[]> before, List<byte[]> now) {
        if (shape.rankColumn()) {
            for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
                boolean same = i < before.size() && i < now.size() && Arrays.equals(before.get(i), now.get(i));
                if (!same && i < before.size()) {
                    goes.add(new Ranked(before.get(i), i + 1));
                }
                if (!same && i < now.size()) {
                    comes.add(new Ranked(now.get(i), i + 1));
                }
            }
        } else {
            without(before, now).forEach(row -> goes.add(new Ranked(row, 0)));
            without(now, before).forEach(row -> comes.add(new Ranked(row, 0)));
        }
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
        form.decode(row.row, builder, 0);
        builder.rowDone();
    }

    /** Those of some rows that are not among others, each as often as it is there more often. */
    private static List<byte[]> without(List<byte[]> rows, List<byte[]> others) {
        boolean[] used = new boolean[others.size()];
        List<byte[]> rest = new ArrayList<>();
        for (byte[] row : rows) {
            int at = 0;
            while (at < used.length && (used[at] || !Arrays.equals(others.get(at), row))) {
                at++;
            }
            if (at < used.length) {
                used[at] = true;
            } else {
                rest.add(row);
            }
        }
        return rest;
    }
}
