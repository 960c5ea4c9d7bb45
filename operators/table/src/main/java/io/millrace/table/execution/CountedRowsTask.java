// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.StableHash;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.GroupIndex;
import io.millrace.table.data.RowBytes;
import io.millrace.table.data.RowEncoder;
import io.millrace.table.data.ValueHash;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.Field;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One partition of a {@link CountedRowsDescription}. The state of a group is the list of its counted rows, without the keys. */
final class CountedRowsTask extends StatefulTask {

    private final CountedRowsDescription step;
    private final CountedRowsCode code;
    private final int[] keyColumns;
    private final State<GroupKey, Object> state;
    private final RowBytes keyBytes;
    private final RowEncoder keyEncoder;
    private final RowBytes listBytes;
    private final RowEncoder resultEncoder;
    private final boolean hasGlobalGroup;

    CountedRowsTask(
            CountedRowsDescription step,
            int partition,
            int partitions,
            State<GroupKey, Object> state,
            Step<QueryOutput> out) {
        super(step.number(), 1, step.givesChanges(), out);
        this.step = step;
        this.code = step.code();
        this.state = state;
        this.keyColumns = IntStream.range(0, code.keys()).toArray();
        this.keyBytes = RowBytes.ofKeys(code.types(keyColumns));
        this.keyEncoder = new RowEncoder(keyBytes);
        List<Field> counted =
                code.counted().fields().subList(code.keys(), code.counted().size());
        this.listBytes = RowBytes.ofValues(List.of(new ArrayType(new StructType(counted), false)));
        this.resultEncoder = new RowEncoder(
                RowBytes.ofValues(code.out().fields().stream().map(Field::type).toList()));
        int home = Shard.of(StableHash.spread(ValueHash.hashes(new Column[0], 1)[0]), partitions);
        this.hasGlobalGroup = code.keys() == 0 && home == partition;
    }

    @Override
    protected void work(BatchFrame batch, List<List<Part>> rows) throws Exception {
        ColumnBatch arrived = code.together(ColumnBatch.concat(
                code.counted(), rows.get(0).stream().map(Part::rows).toList()));
        if (step.output().closes() && step.timeKey() >= 0) {
            arrived = withoutLate(arrived, lateMicros(batch));
        }
        if (arrived.rows() > 0 || hasGlobalGroup) {
            update(arrived);
        }
        if (step.output() == AggregateOutput.ALL) {
            emitAll();
        } else if (step.timeKey() >= 0) {
            close(evictMicros(batch));
        }
    }

    private ColumnBatch withoutLate(ColumnBatch arrived, long lateMicros) {
        Column times = arrived.column(step.timeKey());
        int[] kept = IntStream.range(0, arrived.rows())
                .filter(row -> EventTimeColumn.micros(times, row) > lateMicros)
                .toArray();
        countDropped(arrived.rows() - kept.length);
        return arrived.select(kept, kept.length);
    }

    /** The groups that are touched, with their rows before and after. */
    private void update(ColumnBatch arrived) throws Exception {
        GroupIndex index = new GroupIndex(code.types(keyColumns));
        int[] owners = index.assign(arrived, keyColumns);
        int size = code.keys() == 0 ? 1 : index.size();
        ColumnBatch keys = code.keys() == 0
                ? new ColumnBatch(code.leading(), new Column[0], 1)
                : arrived.select(AggregateCode.firstRows(owners, size), size).project(keyColumns, code.leading());
        int[] hashes = ValueHash.hashes(keys, keyColumns);
        GroupKey[] found = new GroupKey[size];
        int[] entries = new int[size];
        for (int group = 0; group < size; group++) {
            found[group] = new GroupKey(hashes[group], keyEncoder.encode(keys, keyColumns, group));
            entries[group] = state.find(found[group], found[group].stableHash());
        }
        ColumnBatch before = rowsOf(entries, keys);
        ColumnBatch after = code.together(ColumnBatch.concat(code.counted(), List.of(before, arrived)));
        int[] afterOwners = index.assign(after, keyColumns);
        boolean[] isThere = write(after, afterOwners, found, entries, keys);
        if (step.output() == AggregateOutput.CHANGED || step.output().givesChanges()) {
            ColumnBatch now = code.results(after, afterOwners, keys);
            if (step.output() == AggregateOutput.CHANGED) {
                emitWhere(now, isThere, null);
            } else {
                emitChanges(code.results(before, index.assign(before, keyColumns), keys), now, entries, isThere);
            }
        }
    }

    private void emitChanges(ColumnBatch old, ColumnBatch now, int[] entries, boolean[] isThere) throws Exception {
        boolean[] goes = new boolean[entries.length];
        boolean[] comes = new boolean[entries.length];
        for (int group = 0; group < entries.length; group++) {
            boolean was = entries[group] >= 0;
            boolean same = was
                    && isThere[group]
                    && Arrays.equals(
                            resultEncoder.encode(old.columns(), group), resultEncoder.encode(now.columns(), group));
            goes[group] = was && !same;
            comes[group] = isThere[group] && !same;
        }
        emitWhere(old, goes, Changes.GOES);
        emitWhere(now, comes, Changes.COMES);
    }

    private void emitWhere(ColumnBatch rows, boolean[] wanted, @Nullable Integer kind) throws Exception {
        int[] places =
                IntStream.range(0, rows.rows()).filter(row -> wanted[row]).toArray();
        ColumnBatch chosen = rows.select(places, places.length);
        emit(kind == null ? chosen : Changes.marked(chosen, kind));
    }

    /** The counted rows of groups before the batch. */
    private ColumnBatch rowsOf(int[] entries, ColumnBatch keys) {
        ColumnBatchBuilder rows = new ColumnBatchBuilder(code.counted());
        for (int group = 0; group < entries.length; group++) {
            if (entries[group] >= 0) {
                append(entries[group], keys.row(group), rows);
            }
        }
        return rows.build();
    }

    @SuppressWarnings("NullAway") // a list of rows is never null
    private int append(int entry, @Nullable Object[] keys, ColumnBatchBuilder rows) {
        Object[] list = (Object[]) listBytes.decode((byte[]) state.value(entry))[0];
        for (Object element : list) {
            @Nullable Object[] values = (Object[]) element;
            @Nullable Object[] all = Arrays.copyOf(keys, keys.length + values.length);
            System.arraycopy(values, 0, all, keys.length, values.length);
            rows.append(all);
        }
        return list.length;
    }

    /** Writes the groups' rows; answers which groups are there still. */
    private boolean[] write(ColumnBatch after, int[] owners, GroupKey[] found, int[] entries, ColumnBatch keys) {
        List<List<Object>> lists = new ArrayList<>();
        for (int group = 0; group < found.length; group++) {
            lists.add(new ArrayList<>());
        }
        for (int row = 0; row < after.rows(); row++) {
            @Nullable Object[] all = after.row(row);
            lists.get(owners[row]).add(Arrays.copyOfRange(all, code.keys(), all.length));
        }
        boolean[] isThere = new boolean[found.length];
        for (int group = 0; group < found.length; group++) {
            isThere[group] = code.keys() == 0 || !lists.get(group).isEmpty();
            if (isThere[group]) {
                put(entries[group], found[group], lists.get(group), keys, group);
                countUpdated(1);
            } else if (entries[group] >= 0) {
                state.remove(entries[group]);
                countRemoved(1);
            }
        }
        return isThere;
    }

    private void put(int entry, GroupKey key, List<Object> list, ColumnBatch keys, int group) {
        byte[] bytes = listBytes.encode(new @Nullable Object[] {list.toArray()});
        if (entry >= 0) {
            state.set(entry, bytes);
            return;
        }
        int inserted = state.insert(key, key.stableHash(), bytes);
        if (step.timeKey() >= 0 && step.output().closes()) {
            long micros = EventTimeColumn.micros(keys.column(step.timeKey()), group);
            if (micros != EventTimeColumn.NEVER) {
                state.setTimer(inserted, EventTimeColumn.timer(micros));
            }
        }
    }

    private void emitAll() throws Exception {
        List<Integer> entries = new ArrayList<>();
        for (int entry = 0; entry < state.bound(); entry++) {
            if (state.isLive(entry)) {
                entries.add(entry);
            }
        }
        emit(results(entries));
    }

    private ColumnBatch results(List<Integer> entries) {
        ColumnBatchBuilder rows = new ColumnBatchBuilder(code.counted());
        ColumnBatchBuilder keys = new ColumnBatchBuilder(code.leading());
        int[] owners = new int[16];
        int count = 0;
        for (int i = 0; i < entries.size(); i++) {
            @Nullable Object[] key = keyBytes.decode(state.key(entries.get(i)).bytes());
            keys.append(key);
            int more = append(entries.get(i), key, rows);
            owners = Arrays.copyOf(owners, Math.max(owners.length, 2 * (count + more)));
            Arrays.fill(owners, count, count + more, i);
            count += more;
        }
        return code.results(rows.build(), Arrays.copyOf(owners, count), keys.build());
    }

    private void close(long evictMicros) throws Exception {
        List<Integer> closed = new ArrayList<>();
        long due = EventTimeColumn.due(evictMicros);
        for (int entry = state.nextDue(due); entry >= 0; entry = state.nextDue(due)) {
            closed.add(entry);
        }
        if (step.output() == AggregateOutput.CLOSED && !closed.isEmpty()) {
            emit(results(closed));
        }
        closed.forEach(state::remove);
        countRemoved(closed.size());
    }

    @Override
    protected long stateRows() {
        return state.size();
    }
}
