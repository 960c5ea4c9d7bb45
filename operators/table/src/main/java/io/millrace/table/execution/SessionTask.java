// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.GroupIndex;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.RowBytes;
import io.millrace.table.data.RowEncoder;
import io.millrace.table.data.ValueHash;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One partition of a {@link SessionDescription}. The state of a key is the list of its sessions, the earliest first. */
final class SessionTask extends StatefulTask {

    /** Under this the number of sessions is kept; no key has these bytes, since the first byte of a key says whether it is null. */
    private final SessionDescription step;

    private final AggregateCode code;
    private final int keys;
    private final int[] keyColumns;
    private final int[] sessionColumns;
    private final Schema sessions;
    private final List<DataType> keyTypes;
    private final RowBytes keyBytes;
    private final RowEncoder keyEncoder;
    private final RowBytes listBytes;
    private final State<GroupKey, Object> state;
    private final RowCount held;

    SessionTask(SessionDescription step, State<GroupKey, Object> state, Step<QueryOutput> out) {
        super(step.number(), 1, step.givesChanges(), out);
        this.step = step;
        this.code = step.code();
        this.keys = step.keys();
        this.keyColumns = IntStream.range(0, keys).toArray();
        this.sessionColumns = IntStream.range(keys, code.partials().size()).toArray();
        this.sessions = new Schema(
                code.partials().fields().subList(keys, code.partials().size()));
        this.keyTypes = code.leading().fields().subList(0, keys).stream()
                .map(Field::type)
                .toList();
        this.keyBytes = RowBytes.ofKeys(keyTypes);
        this.keyEncoder = new RowEncoder(keyBytes);
        this.listBytes = RowBytes.ofValues(List.of(new ArrayType(new StructType(sessions.fields()), false)));
        this.state = state;
        this.held = new RowCount(state, bytes -> sessionsOf(bytes).length);
    }

    @Override
    protected void work(BatchFrame batch, List<List<Part>> rows) throws Exception {
        if (step.isGlobalStream()) {
            throw new QueryExecutionException(
                    "_LEGACY_ERROR_TEMP_3068",
                    "Global aggregation with session window in streaming query is not supported; group by a further"
                            + " key");
        }
        held.begin();
        ColumnBatch arrived = code.grouped(rows.get(0));
        arrived = withoutLate(arrived, lateMicros(batch));
        if (arrived.rows() > 0) {
            update(arrived);
        }
        if (step.output() == AggregateOutput.ALL) {
            emitAll();
        } else {
            close(evictMicros(batch));
        }
        held.end();
    }

    private ColumnBatch withoutLate(ColumnBatch arrived, long lateMicros) {
        LongColumn ends = (LongColumn) arrived.column(keys + 1);
        int[] kept = new int[arrived.rows()];
        int count = 0;
        for (int row = 0; row < kept.length; row++) {
            if (ends.values()[row] > lateMicros) {
                kept[count++] = row;
            }
        }
        countDropped(kept.length - count);
        return count == kept.length ? arrived : arrived.select(kept, count);
    }

    /** Merges what came with the sessions of the same keys. */
    private void update(ColumnBatch arrived) throws Exception {
        GroupIndex index = new GroupIndex(keyTypes);
        int[] groups = index.assign(arrived, keyColumns);
        int size = keys == 0 ? 1 : index.size();
        int[] first = AggregateCode.firstRows(groups, size);
        ColumnBatch own = arrived.project(
                        keyColumns, new Schema(code.partials().fields().subList(0, keys)))
                .select(first, size);
        int[] hashes = ValueHash.hashes(own, keyColumns);
        GroupKey[] found = new GroupKey[size];
        int[] entries = new int[size];
        ColumnBatchBuilder all = new ColumnBatchBuilder(sessions, arrived.rows() + size);
        int[] owners = new int[arrived.rows() + size];
        int count = 0;
        for (int group = 0; group < size; group++) {
            found[group] = new GroupKey(hashes[group], keyEncoder.encode(own, keyColumns, group));
            entries[group] = state.find(found[group], found[group].stableHash());
            if (entries[group] >= 0) {
                for (Object session : sessionsOf(entries[group])) {
                    int needed = count + 1 + arrived.rows();
                    if (needed > owners.length) {
                        owners = Arrays.copyOf(owners, Math.max(needed, 2 * owners.length));
                    }
                    owners[count++] = group;
                    all.append((Object[]) session);
                    held.add(-1);
                }
            }
        }
        ColumnBatch fresh = arrived.project(sessionColumns, sessions);
        all.appendAll(fresh);
        System.arraycopy(groups, 0, owners, count, fresh.rows());
        write(merged(all.build(), owners), found, entries);
    }

    /** Sessions with the group that each belongs to, in order of group and time. */
    private record Sessions(ColumnBatch rows, int[] owners) {}

    /** Sessions of a group that touch become one. */
    private Sessions merged(ColumnBatch rows, int[] owners) {
        LongColumn starts = (LongColumn) rows.column(0);
        LongColumn ends = (LongColumn) rows.column(1);
        int[] order = IntStream.range(0, rows.rows())
                .boxed()
                .sorted((left, right) -> owners[left] != owners[right]
                        ? Integer.compare(owners[left], owners[right])
                        : Long.compare(starts.values()[left], starts.values()[right]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] target = new int[rows.rows()];
        int[] mergedOwners = new int[rows.rows()];
        long[] from = new long[rows.rows()];
        long[] to = new long[rows.rows()];
        int count = 0;
        for (int row : order) {
            boolean touches =
                    count > 0 && mergedOwners[count - 1] == owners[row] && starts.values()[row] <= to[count - 1];
            if (!touches) {
                mergedOwners[count] = owners[row];
                from[count] = starts.values()[row];
                to[count++] = ends.values()[row];
            } else {
                to[count - 1] = Math.max(to[count - 1], ends.values()[row]);
            }
            target[row] = count - 1;
        }
        int[] bufferColumns = IntStream.range(2, sessions.size()).toArray();
        ColumnBatch sorted = rows.project(bufferColumns, code.buffers()).select(order, order.length);
        int[] groups = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            groups[i] = target[order[i]];
        }
        ColumnBatch folded = code.fold(sorted, groups, count);
        ColumnBatch spans = new ColumnBatch(
                new Schema(sessions.fields().subList(0, 2)),
                new Column[] {new LongColumn(from, null), new LongColumn(to, null)},
                count);
        return new Sessions(spans.beside(folded, sessions), Arrays.copyOf(mergedOwners, count));
    }

    private void write(Sessions merged, GroupKey[] found, int[] entries) {
        ColumnBatch rows = merged.rows();
        int row = 0;
        for (int group = 0; group < found.length; group++) {
            int from = row;
            while (row < rows.rows() && merged.owners()[row] == group) {
                row++;
            }
            Object[] list = new Object[row - from];
            for (int i = 0; i < list.length; i++) {
                list[i] = rows.row(from + i);
            }
            put(entries[group], found[group], list);
            held.add(list.length);
            countUpdated(list.length);
        }
    }

    private void put(int known, GroupKey key, Object[] list) {
        byte[] bytes = listBytes.encode(new @Nullable Object[] {list});
        int entry = known;
        if (entry < 0) {
            entry = state.insert(key, key.stableHash(), bytes);
        } else {
            state.set(entry, bytes);
        }
        if (step.output().closes()) {
            long earliest = EventTimeColumn.NEVER;
            for (Object session : list) {
                earliest = Math.min(earliest, end(session));
            }
            state.setTimer(entry, EventTimeColumn.timer(earliest));
        }
    }

    private static long end(Object session) {
        return (Long) ((Object[]) session)[1];
    }

    private Object[] sessionsOf(int entry) {
        return sessionsOf((byte[]) state.value(entry));
    }

    @SuppressWarnings("NullAway") // a list of sessions is never null
    private Object[] sessionsOf(byte[] bytes) {
        return (Object[]) listBytes.decode(bytes)[0];
    }

    private void emitAll() throws Exception {
        ColumnBatchBuilder all = new ColumnBatchBuilder(code.partials());
        for (int entry = 0; entry < state.bound(); entry++) {
            if (RowCount.isRows(state, entry)) {
                for (Object session : sessionsOf(entry)) {
                    append(entry, (Object[]) session, all);
                }
            }
        }
        emit(step.result(all.build()));
    }

    private void append(int entry, @Nullable Object[] session, ColumnBatchBuilder rows) {
        keyBytes.decode(state.key(entry).bytes(), rows, 0);
        for (int i = 0; i < session.length; i++) {
            rows.column(keys + i).append(session[i]);
        }
        rows.rowDone();
    }

    /** Sessions that the watermark has passed come out and go; the others of the key stay. */
    private void close(long evictMicros) throws Exception {
        ColumnBatchBuilder closed = new ColumnBatchBuilder(code.partials());
        long due = EventTimeColumn.due(evictMicros);
        for (int entry = state.nextDue(due); entry >= 0; entry = state.nextDue(due)) {
            Object[] list = sessionsOf(entry);
            Object[] open = Arrays.stream(list)
                    .filter(session -> end(session) > evictMicros)
                    .toArray();
            for (Object session : list) {
                if (end(session) <= evictMicros) {
                    append(entry, (Object[]) session, closed);
                }
            }
            held.add(open.length - list.length);
            countRemoved(list.length - open.length);
            if (open.length == 0) {
                state.remove(entry);
            } else {
                put(entry, state.key(entry), open);
            }
        }
        if (closed.rows() > 0) {
            emit(step.result(closed.build()));
        }
    }

    @Override
    protected long stateRows() {
        return held.rows();
    }
}
