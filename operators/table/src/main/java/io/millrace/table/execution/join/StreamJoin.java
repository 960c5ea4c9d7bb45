// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.operator.StableHash;
import io.millrace.operator.State;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.GroupIndex;
import io.millrace.table.data.RowBytes;
import io.millrace.table.data.RowEncoder;
import io.millrace.table.execution.GroupKey;
import io.millrace.table.execution.RowCount;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A join of two streams in one partition: every row waits under its key until it can be met no more, and each pair comes out in the batch of its later row.
 *
 * <p>A batch goes through the keys that came in it: new left rows meet what waits on the right, new right rows what waits on the left and the new left rows. A row of a side
 * that is kept whole comes out beside nulls when it is forgotten and was not met; a left row of a semi join comes out when it is first met. For one thread.
 */
public final class StreamJoin {

    private static final long MICROS_PER_MILLI = 1000;

    /** So many keys are fetched together. */
    private static final int AT_ONCE = 32;

    /** The timer of what is never forgotten, as the state says it. */
    private static final long NO_TIMER = Long.MAX_VALUE;

    /**
     * What a join is.
     *
     * @param type which rows come out; the left of an anti join is kept
     * @param output the columns that come out
     * @param condition which rows of equal keys meet
     */
    public record Shape(JoinType type, JoinSide left, JoinSide right, Schema output, PairCondition condition) {

        /** Whether rows of the left alone come out, for what they meet or do not. */
        boolean isExistence() {
            return type == JoinType.LEFT_SEMI || type == JoinType.LEFT_ANTI;
        }

        /** The same with no row late and none forgotten. */
        Shape withoutTimes() {
            return new Shape(type, left.withoutTimes(), right.withoutTimes(), output, condition);
        }

        /** How the rows of each side stand in the state. */
        RowBytes[] forms() {
            return new RowBytes[] {form(left), form(right)};
        }

        /** What writes the rows of each side in that form; for one thread. */
        RowEncoder[] encoders() {
            RowBytes[] forms = forms();
            return new RowEncoder[] {new RowEncoder(forms[0]), new RowEncoder(forms[1])};
        }

        private static RowBytes form(JoinSide side) {
            return RowBytes.ofValues(
                    side.schema().fields().stream().map(Field::type).toList());
        }
    }

    private final Shape shape;
    private final JoinSide[] sides;
    private final RowEncoder keyEncoder;
    private final RowBytes[] forms;
    private final State<GroupKey, Object> state;
    private final Consumer<ColumnBatch> out;
    private final RowCount waiting;
    private final ColumnBatchBuilder[] unmet = new ColumnBatchBuilder[2];
    private int fetched;
    private long dropped;
    private long updated;
    private long removed;

    /**
     * A join with an empty or restored state.
     *
     * @param state what waits; its values are bytes
     * @param out takes what comes out
     */
    public StreamJoin(Shape shape, State<GroupKey, Object> state, Consumer<ColumnBatch> out) {
        this.shape = shape;
        this.sides = new JoinSide[] {shape.left(), shape.right()};
        this.state = state;
        this.out = out;
        keyEncoder = new RowEncoder(RowBytes.ofKeys(shape.left().keyTypes()));
        forms = shape.forms();
        waiting = new RowCount(state, WaitingRows::count);
    }

    /**
     * Works on a batch.
     *
     * @param left the rows of the left with their keys
     * @param leftHashes the hash of each row's key
     * @param right those of the right
     * @param rightHashes the same for them
     * @param lateMicros rows at or before it are late
     * @param evictMicros what is at or before it is forgotten; {@link Long#MAX_VALUE}: everything is
     */
    public void batch(
            ColumnBatch left,
            int[] leftHashes,
            ColumnBatch right,
            int[] rightHashes,
            long lateMicros,
            long evictMicros) {
        dropped = 0;
        updated = 0;
        removed = 0;
        waiting.begin();
        for (int side = 0; side < 2; side++) {
            unmet[side] = new ColumnBatchBuilder(sides[side].schema());
        }
        meet(
                new Keyed[] {keyed(0, left, leftHashes, lateMicros), keyed(1, right, rightHashes, lateMicros)},
                evictMicros);
        evict(evictMicros);
        waiting.end();
        for (int side = 0; side < 2; side++) {
            emitAlone(side, unmet[side].build());
        }
    }

    /** Late rows of the last batch. */
    public long dropped() {
        return dropped;
    }

    /** Rows that began to wait in the last batch. */
    public long updated() {
        return updated;
    }

    /** Rows that were forgotten in the last batch. */
    public long removed() {
        return removed;
    }

    /** How many rows wait after the last batch. */
    public long waiting() {
        return waiting.rows();
    }

    /** Rows of a side with their keys. */
    private record Keyed(ColumnBatch rows, int[] hashes, long[] due) {}

    /** The rows of a side that are not late and can be met; those that cannot come out beside nulls at once if the side is kept. */
    private Keyed keyed(int side, ColumnBatch all, int[] hashes, long lateMicros) {
        JoinSide shapeOfSide = sides[side];
        int[] places = shapeOfSide.inTime(all, lateMicros);
        dropped += all.rows() - places.length;
        ColumnBatch rows = places.length == all.rows() ? all : all.select(places, places.length);
        Function<ColumnBatch, int[]> able = shapeOfSide.own();
        if (able != null) {
            int[] chosen = able.apply(rows);
            if (shapeOfSide.kept()) {
                others(chosen, rows.rows(), own(side, rows), unmet[side]);
            }
            int[] before = places;
            places = new int[chosen.length];
            Arrays.setAll(places, i -> before[chosen[i]]);
            rows = rows.select(chosen, chosen.length);
        }
        int[] hashesOfRows = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            hashesOfRows[i] = hashes[places[i]];
        }
        return new Keyed(rows, hashesOfRows, shapeOfSide.dueAt(rows));
    }

    private void meet(Keyed[] came, long evictMicros) {
        if (came[0].rows.rows() + came[1].rows.rows() == 0) {
            return;
        }
        KeyGroups groups = grouped(came);
        Meeting.Arrivals[] arrivals = {
            new Meeting.Arrivals(own(0, came[0].rows), came[0].due),
            new Meeting.Arrivals(own(1, came[1].rows), came[1].due)
        };
        fetched = 0;
        Meeting meeting = new Meeting(shape, arrivals, groups, out);
        meeting.run(
                evictMicros,
                (side, rows, row) -> unmet[side].appendFrom(rows, row),
                (group, left, right) -> write(groups, group, left, right));
        updated += meeting.kept();
    }

    /** The groups are written in their order, most of them. */
    private void fetch(KeyGroups groups, int group) {
        if (group >= fetched) {
            fetched = Math.min(group + AT_ONCE, groups.size());
            state.fetch(groups.hashes(), group, fetched);
        }
    }

    private KeyGroups grouped(Keyed[] came) {
        GroupIndex index = new GroupIndex(shape.left().keyTypes());
        KeyGroups groups = new KeyGroups(came[0].rows.rows(), came[1].rows.rows());
        for (int side = 0; side < 2; side++) {
            ColumnBatch rows = came[side].rows;
            Column[] columns = HashedRows.columns(rows, sides[side].keys());
            int[] numbers = index.assign(columns, rows.rows());
            int[] hashes =
                    Arrays.stream(came[side].hashes).map(StableHash::spread).toArray();
            for (int row = 0; row < numbers.length; row++) {
                if (row % AT_ONCE == 0) {
                    state.fetch(hashes, row, Math.min(row + AT_ONCE, numbers.length));
                }
                if (numbers[row] == groups.size()) {
                    GroupKey key = new GroupKey(came[side].hashes[row], keyEncoder.encode(columns, row));
                    int entry = state.find(key, hashes[row]);
                    WaitingRows waiting = entry < 0 ? WaitingRows.none() : WaitingRows.of((byte[]) state.value(entry));
                    groups.add(key, entry, waiting, sides[side].hasNullKey(rows, row));
                }
                groups.addRow(numbers[row], side, row);
            }
        }
        return groups;
    }

    /** Keeps the rows of a group, and those that came to them. */
    private void write(KeyGroups groups, int group, NewRows left, NewRows right) {
        fetch(groups, group);
        WaitingRows rows = groups.waiting(group);
        GroupKey key = groups.key(group);
        int entry = groups.entry(group);
        long due = Math.min(left.dueMicros(), right.dueMicros());
        if (rows.isTakenApart()) {
            due = Math.min(due, rows.dueMicros());
        }
        long timer = timer(due);
        if (entry >= 0 && !rows.isTakenApart()) {
            timer = Math.min(timer, state.timer(entry));
        }
        int all = rows.size(0) + rows.size(1) + left.count() + right.count();
        write(entry, key, all == 0 ? null : rows.toBytes(left, right), timer);
    }

    /** Keeps the rows of a key, whose entry is negative if it has none; null for no rows. */
    private void write(int known, GroupKey key, byte @Nullable [] rows, long timer) {
        long before = known < 0 ? 0 : WaitingRows.count((byte[]) state.value(known));
        waiting.add((rows == null ? 0 : WaitingRows.count(rows)) - before);
        if (rows == null) {
            if (known >= 0) {
                state.remove(known);
            }
            return;
        }
        int entry = known;
        if (entry < 0) {
            entry = state.insert(key, key.stableHash(), rows);
        } else {
            state.set(entry, rows);
        }
        if (timer != NO_TIMER) {
            state.setTimer(entry, timer);
        }
    }

    /** The watermark in milliseconds that forgets a row. */
    private static long timer(long dueMicros) {
        return dueMicros == Long.MAX_VALUE ? NO_TIMER : -Math.floorDiv(-dueMicros, MICROS_PER_MILLI);
    }

    private void evict(long evictMicros) {
        if (evictMicros == Long.MAX_VALUE) {
            forgetAll();
            return;
        }
        long nowMillis = Math.floorDiv(evictMicros, MICROS_PER_MILLI);
        boolean keepsNone = !sides[0].kept() && !sides[1].kept();
        for (int entry = state.nextDue(nowMillis); entry >= 0; entry = state.nextDue(nowMillis)) {
            byte[] bytes = (byte[]) state.value(entry);
            if (keepsNone && WaitingRows.lastDueMicros(bytes) <= evictMicros) {
                int count = WaitingRows.count(bytes);
                removed += count;
                waiting.add(-count);
                state.remove(entry);
                continue;
            }
            WaitingRows rows = WaitingRows.of(bytes);
            forget(rows, 0, evictMicros);
            forget(rows, 1, evictMicros);
            boolean none = rows.size(0) + rows.size(1) == 0;
            write(entry, state.key(entry), none ? null : rows.toBytes(), timer(rows.dueMicros()));
        }
    }

    private void forgetAll() {
        for (int entry = 0; entry < state.bound(); entry++) {
            if (RowCount.isRows(state, entry)) {
                WaitingRows rows = WaitingRows.of((byte[]) state.value(entry));
                waiting.add(-rows.size(0) - rows.size(1));
                forget(rows, 0, Long.MAX_VALUE);
                forget(rows, 1, Long.MAX_VALUE);
                state.remove(entry);
            }
        }
    }

    private void forget(WaitingRows rows, int side, long evictMicros) {
        List<WaitingRows.Waiting> waiting = rows.side(side);
        for (WaitingRows.Waiting row : waiting) {
            if (row.dueMicros() <= evictMicros) {
                removed++;
                if (sides[side].kept() && !row.isMet()) {
                    forms[side].decode(row.row(), unmet[side], 0);
                    unmet[side].rowDone();
                }
            }
        }
        waiting.removeIf(row -> row.dueMicros() <= evictMicros);
    }

    /** Gives rows of a side on with nulls for the other. */
    private void emitAlone(int side, ColumnBatch rows) {
        if (rows.rows() == 0) {
            return;
        }
        if (shape.isExistence()) {
            out.accept(rows.withSchema(shape.output()));
            return;
        }
        ColumnBatch nulls = TableJoin.nulls(sides[1 - side].schema(), rows.rows());
        out.accept(side == 0 ? rows.beside(nulls, shape.output()) : nulls.beside(rows, shape.output()));
    }

    /** Without the keys that stand behind the columns of a side. */
    private ColumnBatch own(int side, ColumnBatch rows) {
        return TableJoin.firstColumns(rows, sides[side].schema());
    }

    private static void others(int[] chosen, int count, ColumnBatch rows, ColumnBatchBuilder into) {
        boolean[] taken = new boolean[count];
        for (int place : chosen) {
            taken[place] = true;
        }
        for (int row = 0; row < count; row++) {
            if (!taken[row]) {
                into.appendFrom(rows, row);
            }
        }
    }
}
