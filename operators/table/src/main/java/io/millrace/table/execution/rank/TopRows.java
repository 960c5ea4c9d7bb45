// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.rank;

import io.millrace.operator.State;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.GroupIndex;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.RowBytes;
import io.millrace.table.data.RowEncoder;
import io.millrace.table.data.StructColumn;
import io.millrace.table.execution.Changes;
import io.millrace.table.execution.GroupKey;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The best rows of each group in one partition. Where no row ever goes, only the best are remembered; otherwise all are, in order. Of rows that are equal in the order, the one that
 * came first is better, unless equal rows rank the same. For one thread.
 */
public final class TopRows {

    /** No key carries a watermark. */
    public static final int NO_TIME = -1;

    private static final long MICROS_PER_MILLI = 1000;

    /** When what is there comes out. */
    public enum Emission {
        /** What a batch changed, with its kind of change: first what goes, then what comes. */
        CHANGES,
        /** All rows of all groups, in every batch. */
        ALL,
        /** The rows of a group when its time is over, or at the end of finished data. */
        CLOSED
    }

    /**
     * What is ranked.
     *
     * @param rows the columns that come in and go out again
     * @param columns these, and behind them what is computed for the order
     * @param keys the places of the columns that make a group
     * @param ranks which rows of a group are the best, by an order of {@code columns}
     * @param rankColumn whether the rank, from 1, comes out as a last column, int or bigint as {@code output} says
     * @param output the columns that come out, without the kind of change
     * @param retracts whether rows may go: the kind of change is behind {@code columns} then
     * @param time which of {@code keys} carries a watermark and so closes groups, or {@link #NO_TIME}
     * @param emission when rows come out
     */
    public record Shape(
            Schema rows,
            Schema columns,
            int[] keys,
            Ranks ranks,
            boolean rankColumn,
            Schema output,
            boolean retracts,
            int time,
            Emission emission) {

        List<DataType> keyTypes() {
            return Arrays.stream(keys)
                    .mapToObj(key -> columns.field(key).type())
                    .toList();
        }
    }

    private final Shape shape;
    private final State<GroupKey, Object> state;
    private final Consumer<ColumnBatch> out;
    private final RowEncoder keyEncoder;
    private final RowBytes form;
    private final RowEncoder encoder;
    private long dropped;
    private long removed;

    /** With an empty or restored state, whose values are bytes; {@code out} takes what comes out. */
    public TopRows(Shape shape, State<GroupKey, Object> state, Consumer<ColumnBatch> out) {
        this.shape = shape;
        this.state = state;
        this.out = out;
        keyEncoder = new RowEncoder(RowBytes.ofKeys(shape.keyTypes()));
        form = RowBytes.ofValues(
                shape.columns().fields().stream().map(Field::type).toList());
        encoder = new RowEncoder(form);
    }

    /** One group in a batch: what it had, in order, and where its rows are among those of the batch; those that it had are the first. */
    private record Group(GroupKey key, long timeMicros, List<byte[]> before, int from, List<Placed> rows) {}

    private record Placed(int place, byte[] bytes) {}

    /**
     * Works on a batch.
     *
     * @param came the rows
     * @param hashes the hash of each row's key
     * @param lateMicros rows of a group at or before it are late
     * @param evictMicros groups at or before it are closed; {@link Long#MAX_VALUE}: all are
     */
    public void batch(ColumnBatch came, int[] hashes, long lateMicros, long evictMicros) {
        dropped = 0;
        removed = 0;
        RankedRows ranked = new RankedRows(shape, form);
        if (came.rows() > 0) {
            rank(came, hashes, lateMicros, ranked);
        }
        if (shape.emission() == Emission.ALL) {
            for (int entry = 0; entry < state.bound(); entry++) {
                if (state.isLive(entry)) {
                    ranked.come(bestOf(entry));
                }
            }
        }
        close(evictMicros, ranked);
        ColumnBatch rows = ranked.build();
        if (rows.rows() > 0) {
            out.accept(rows);
        }
    }

    /** Late rows of the last batch. */
    public long dropped() {
        return dropped;
    }

    /** Groups that were closed in the last batch. */
    public long removed() {
        return removed;
    }

    private void rank(ColumnBatch came, int[] hashes, long lateMicros, RankedRows ranked) {
        ColumnBatch rows = new ColumnBatch(
                shape.columns(), Arrays.copyOf(came.columns(), shape.columns().size()), came.rows());
        int[] kinds = shape.retracts() ? Changes.of(came) : new int[0];
        int[] numbers = new GroupIndex(shape.keyTypes()).assign(rows, shape.keys());
        ColumnBatchBuilder all = new ColumnBatchBuilder(shape.columns(), 2 * rows.rows());
        List<Group> groups = new ArrayList<>();
        for (int row = 0; row < rows.rows(); row++) {
            if (numbers[row] == groups.size()) {
                groups.add(group(rows, row, hashes[row], all));
            }
            Group group = groups.get(numbers[row]);
            if (group.timeMicros <= lateMicros) {
                dropped++;
            } else if (shape.retracts() && kinds[row] == Changes.GOES) {
                take(group.rows, encoder.encode(rows.columns(), row));
            } else {
                group.rows.add(new Placed(all.rows(), encoder.encode(rows.columns(), row)));
                all.appendFrom(rows, row);
            }
        }
        ColumnBatch together = all.build();
        for (Group group : groups) {
            group.rows.sort((one, other) -> shape.ranks().order().compare(together, one.place, together, other.place));
            List<byte[]> sorted = group.rows.stream().map(Placed::bytes).toList();
            int[] ranks = shape.ranks()
                    .best(together, group.rows.stream().mapToInt(Placed::place).toArray());
            if (shape.emission() == Emission.CHANGES) {
                int[] before = IntStream.range(group.from, group.from + group.before.size())
                        .toArray();
                ranked.change(Ranked.of(group.before, shape.ranks().best(together, before)), Ranked.of(sorted, ranks));
            }
            write(group, shape.retracts() ? sorted : sorted.subList(0, ranks.length));
        }
    }

    /** The best rows of a group in the state. */
    private List<Ranked> bestOf(int entry) {
        List<byte[]> sorted = RowList.decode((byte[]) state.value(entry));
        ColumnBatchBuilder rows = new ColumnBatchBuilder(shape.columns(), sorted.size());
        if (shape.ranks().compares()) {
            for (byte[] bytes : sorted) {
                form.decode(bytes, rows, 0);
                rows.rowDone();
            }
        }
        int[] places = IntStream.range(0, sorted.size()).toArray();
        return Ranked.of(sorted, shape.ranks().best(rows.build(), places));
    }

    private Group group(ColumnBatch rows, int row, int hash, ColumnBatchBuilder all) {
        GroupKey key = new GroupKey(hash, keyEncoder.encode(rows, shape.keys(), row));
        int entry = state.find(key, key.stableHash());
        List<byte[]> before = entry < 0 ? List.of() : RowList.decode((byte[]) state.value(entry));
        List<Placed> placed = new ArrayList<>();
        int from = all.rows();
        for (byte[] bytes : before) {
            placed.add(new Placed(all.rows(), bytes));
            form.decode(bytes, all, 0);
            all.rowDone();
        }
        return new Group(key, timeOf(rows, row), before, from, placed);
    }

    /** The time of a row's group; of a group without one, a time that never comes. */
    private long timeOf(ColumnBatch rows, int row) {
        if (shape.time() == NO_TIME || rows.column(shape.keys()[shape.time()]).isNull(row)) {
            return Long.MAX_VALUE;
        }
        var times = rows.column(shape.keys()[shape.time()]);
        LongColumn micros = times instanceof StructColumn window ? (LongColumn) window.fields()[1] : (LongColumn) times;
        return micros.values()[row];
    }

    private static void take(List<Placed> rows, byte[] bytes) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (Arrays.equals(rows.get(i).bytes, bytes)) {
                rows.remove(i);
                return;
            }
        }
    }

    private void write(Group group, List<byte[]> rows) {
        int hash = group.key.stableHash();
        int entry = state.find(group.key, hash);
        if (rows.isEmpty()) {
            if (entry >= 0) {
                state.remove(entry);
            }
            return;
        }
        if (entry < 0) {
            entry = state.insert(group.key, hash, RowList.encode(rows));
            if (group.timeMicros != Long.MAX_VALUE) {
                state.setTimer(entry, -Math.floorDiv(-group.timeMicros, MICROS_PER_MILLI));
            }
        } else if (!rows.equals(group.before)) {
            state.set(entry, RowList.encode(rows));
        }
    }

    private void close(long evictMicros, RankedRows ranked) {
        if (evictMicros == Long.MAX_VALUE) {
            for (int entry = 0; entry < state.bound(); entry++) {
                if (state.isLive(entry)) {
                    close(entry, ranked);
                }
            }
            return;
        }
        long nowMillis = Math.floorDiv(evictMicros, MICROS_PER_MILLI);
        for (int entry = state.nextDue(nowMillis); entry >= 0; entry = state.nextDue(nowMillis)) {
            close(entry, ranked);
        }
    }

    private void close(int entry, RankedRows ranked) {
        if (shape.emission() == Emission.CLOSED) {
            ranked.come(bestOf(entry));
        }
        state.remove(entry);
        removed++;
    }
}
