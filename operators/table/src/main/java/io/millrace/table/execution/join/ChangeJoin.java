// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.operator.State;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.GroupIndex;
import io.millrace.table.data.IntColumn;
import io.millrace.table.data.RowBytes;
import io.millrace.table.data.RowEncoder;
import io.millrace.table.execution.Changes;
import io.millrace.table.execution.GroupKey;
import io.millrace.table.execution.RowCount;
import io.millrace.table.execution.join.CountedRows.Counted;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A join of rows that come and go, in one partition: what it has given is, after every batch, the join of what is there on both sides. A pair comes when its later row comes and goes when its first
 * row goes; a row of a kept side that nothing meets comes beside nulls at once, and that goes again when something does. For one thread.
 */
public final class ChangeJoin {

    /** Stands for a side whose rows have no kind of change: all come. */
    public static final int ALL_COME = -1;

    private static final long MICROS_PER_MILLI = 1000;

    private final StreamJoin.Shape shape;
    private final JoinSide[] sides;
    private final int[] kinds;
    private final boolean wholeResult;
    private final State<GroupKey, Object> state;
    private final Consumer<ColumnBatch> out;
    private final RowBytes keyBytes;
    private final RowEncoder keyEncoder;
    private final RowEncoder[] encoders;
    private final RowCount waiting;
    private long dropped;
    private long updated;

    /**
     * A join with an empty or restored state. Conditions on one side alone must be part of that of the pairs.
     *
     * @param leftKind the place of the kind of change among the columns of the left, or {@link #ALL_COME}
     * @param rightKind the same for the right
     * @param wholeResult whether all rows of the result come out in every batch, without a kind of change, instead of what changed
     * @param state what is there; its values are bytes
     * @param out takes what comes out
     */
    public ChangeJoin(
            StreamJoin.Shape shape,
            int leftKind,
            int rightKind,
            boolean wholeResult,
            State<GroupKey, Object> state,
            Consumer<ColumnBatch> out) {
        this.shape = shape;
        this.sides = new JoinSide[] {shape.left(), shape.right()};
        this.kinds = new int[] {leftKind, rightKind};
        this.wholeResult = wholeResult;
        this.state = state;
        this.out = out;
        keyBytes = RowBytes.ofKeys(shape.left().keyTypes());
        keyEncoder = new RowEncoder(keyBytes);
        encoders = shape.encoders();
        waiting = new RowCount(state, CountedRows::count);
    }

    /** The rows of a key in a batch, and the same by their bytes. */
    private record Group(GroupKey key, CountedRows rows, List<Map<ByteBuffer, Counted>> byBytes) {

        static Group of(GroupKey key, CountedRows rows) {
            List<Map<ByteBuffer, Counted>> byBytes = List.of(new HashMap<>(), new HashMap<>());
            for (int side = 0; side < 2; side++) {
                for (Counted row : rows.side(side)) {
                    byBytes.get(side).put(ByteBuffer.wrap(row.bytes()), row);
                }
            }
            return new Group(key, rows, byBytes);
        }

        Counted row(int side, byte[] bytes, long dueMicros) {
            return byBytes.get(side).computeIfAbsent(ByteBuffer.wrap(bytes), unknown -> {
                Counted row = new Counted(bytes, dueMicros, 0, 0);
                rows.side(side).add(row);
                return row;
            });
        }
    }

    /** Works on a batch; the arguments are those of {@link StreamJoin#batch}. */
    public void batch(
            ColumnBatch left,
            int[] leftHashes,
            ColumnBatch right,
            int[] rightHashes,
            long lateMicros,
            long evictMicros) {
        dropped = 0;
        updated = 0;
        waiting.begin();
        GroupIndex index = new GroupIndex(shape.left().keyTypes());
        List<Group> groups = new ArrayList<>();
        collect(0, left, leftHashes, lateMicros, index, groups);
        collect(1, right, rightHashes, lateMicros, index, groups);
        List<CountedRows> changed = new ArrayList<>();
        for (Group group : groups) {
            group.rows.side(0).forEach(Counted::settle);
            group.rows.side(1).forEach(Counted::settle);
            changed.add(group.rows);
        }
        List<Boolean> nulls = groups.stream().map(group -> hasNull(group.key)).toList();
        new ChangeMeeting(shape).run(changed, nulls, true, wholeResult ? rows -> {} : out);
        groups.forEach(group -> write(group.key, group.rows, evictMicros));
        if (wholeResult) {
            giveAll();
        }
        evict(evictMicros);
        waiting.end();
    }

    /** Late rows of the last batch. */
    public long dropped() {
        return dropped;
    }

    /** Rows that came or went in the last batch. */
    public long updated() {
        return updated;
    }

    /** How many different rows are there after the last batch. */
    public long waiting() {
        return waiting.rows();
    }

    private void collect(
            int side, ColumnBatch all, int[] hashes, long lateMicros, GroupIndex index, List<Group> groups) {
        JoinSide shapeOfSide = sides[side];
        int[] places = shapeOfSide.inTime(all, lateMicros);
        dropped += all.rows() - places.length;
        updated += places.length;
        ColumnBatch rows = places.length == all.rows() ? all : all.select(places, places.length);
        ColumnBatch own = TableJoin.firstColumns(rows, shapeOfSide.schema());
        int[] kindOfRow = kinds[side] == ALL_COME ? new int[0] : ((IntColumn) rows.column(kinds[side])).values();
        long[] due = shapeOfSide.dueAt(rows);
        int[] numbers = index.assign(rows, shapeOfSide.keys());
        for (int row = 0; row < numbers.length; row++) {
            if (numbers[row] == groups.size()) {
                GroupKey key = new GroupKey(hashes[places[row]], keyEncoder.encode(rows, shapeOfSide.keys(), row));
                groups.add(Group.of(key, rowsOf(key)));
            }
            byte[] bytes = encoders[side].encode(own.columns(), row);
            groups.get(numbers[row])
                    .row(side, bytes, due[row])
                    .add(kinds[side] == ALL_COME ? Changes.COMES : kindOfRow[row]);
        }
    }

    private CountedRows rowsOf(GroupKey key) {
        int entry = state.find(key, key.stableHash());
        return entry < 0 ? new CountedRows() : CountedRows.of((byte[]) state.value(entry));
    }

    private boolean hasNull(GroupKey key) {
        return Arrays.stream(keyBytes.decode(key.bytes())).anyMatch(part -> part == null);
    }

    private void giveAll() {
        List<CountedRows> all = new ArrayList<>();
        List<Boolean> nulls = new ArrayList<>();
        for (int entry = 0; entry < state.bound(); entry++) {
            if (RowCount.isRows(state, entry)) {
                all.add(CountedRows.of((byte[]) state.value(entry)).asNew());
                nulls.add(hasNull(state.key(entry)));
            }
        }
        new ChangeMeeting(shape).run(all, nulls, false, out);
    }

    private void write(GroupKey key, CountedRows rows, long evictMicros) {
        rows.forget(evictMicros);
        int hash = key.stableHash();
        int entry = state.find(key, hash);
        waiting.add(entry < 0 ? 0 : -CountedRows.count((byte[]) state.value(entry)));
        if (rows.isEmpty()) {
            if (entry >= 0) {
                state.remove(entry);
            }
            return;
        }
        byte[] bytes = rows.toBytes();
        waiting.add(CountedRows.count(bytes));
        if (entry < 0) {
            entry = state.insert(key, hash, bytes);
        } else {
            state.set(entry, bytes);
        }
        long due = rows.dueMicros();
        if (due != Long.MAX_VALUE) {
            state.setTimer(entry, -Math.floorDiv(-due, MICROS_PER_MILLI));
        } else {
            state.clearTimer(entry);
        }
    }

    /** What is due goes in silence: it can change no more. */
    private void evict(long evictMicros) {
        long nowMillis =
                evictMicros == Long.MAX_VALUE ? Long.MAX_VALUE - 1 : Math.floorDiv(evictMicros, MICROS_PER_MILLI);
        for (int entry = state.nextDue(nowMillis); entry >= 0; entry = state.nextDue(nowMillis)) {
            write(state.key(entry), CountedRows.of((byte[]) state.value(entry)), evictMicros);
        }
    }
}
