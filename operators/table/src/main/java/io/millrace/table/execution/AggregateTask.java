// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.StableHash;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.ValueHash;
import java.util.List;
import java.util.stream.IntStream;

/** One partition of an {@link AggregateDescription}. */
final class AggregateTask extends StatefulTask {

    private final AggregateDescription step;
    private final AggregateCode code;
    private final State<GroupKey, Object> state;
    private final GroupStates groups;
    private final boolean hasGlobalGroup;

    AggregateTask(
            AggregateDescription step,
            int partition,
            int partitions,
            State<GroupKey, Object> state,
            Step<QueryOutput> out) {
        super(step.number(), 1, step.givesChanges(), out);
        this.step = step;
        this.code = step.code();
        this.state = state;
        this.groups = new GroupStates(state, code.leading(), code.buffers());
        int home = Shard.of(StableHash.spread(ValueHash.hashes(new Column[0], 1)[0]), partitions);
        this.hasGlobalGroup = code.keys() == 0 && home == partition;
    }

    @Override
    protected void work(BatchFrame batch, List<List<Part>> rows) throws Exception {
        ColumnBatch arrived = code.grouped(rows.get(0));
        if (arrived.rows() == 0 && hasGlobalGroup) {
            arrived = code.nothing();
        }
        if (step.output().closes()) {
            arrived = withoutLate(arrived, lateMicros(batch));
        }
        if (arrived.rows() > 0) {
            update(arrived);
        }
        if (step.output() == AggregateOutput.ALL) {
            emitAll();
        } else if (step.timeKey() >= 0) {
            close(evictMicros(batch));
        }
    }

    private ColumnBatch withoutLate(ColumnBatch arrived, long lateMicros) {
        if (step.timeKey() < 0) {
            return arrived;
        }
        Column times = arrived.column(step.timeKey());
        int[] kept = new int[arrived.rows()];
        int count = 0;
        for (int row = 0; row < kept.length; row++) {
            if (EventTimeColumn.micros(times, row) > lateMicros) {
                kept[count++] = row;
            }
        }
        countDropped(kept.length - count);
        return count == kept.length ? arrived : arrived.select(kept, count);
    }

    /** Changes the state of each group that came, and gives the changes on where they are asked for. */
    private void update(ColumnBatch arrived) throws Exception {
        GroupKey[] keys = groups.keysOf(arrived);
        int size = keys.length;
        int[] entries = groups.find(keys);
        int[] known = new int[size];
        int[] knownEntries = new int[size];
        int knownCount = 0;
        for (int i = 0; i < size; i++) {
            if (entries[i] >= 0) {
                known[knownCount] = i;
                knownEntries[knownCount++] = entries[i];
            }
        }
        ColumnBatch fresh = code.buffersOf(arrived);
        ColumnBatch before = groups.values(knownEntries, knownCount);
        ColumnBatch merged = fresh;
        if (knownCount > 0) {
            merged = code.merge(before, knownCount == size ? fresh : fresh.select(known, knownCount));
            merged = knownCount == size ? merged : inPlace(fresh, merged, known, knownCount);
        }
        for (int i = 0; i < size; i++) {
            int entry = groups.put(entries[i], keys[i], merged, i);
            if (entries[i] < 0 && step.timeKey() >= 0) {
                long micros = EventTimeColumn.micros(arrived.column(step.timeKey()), i);
                if (micros != EventTimeColumn.NEVER && step.output().closes()) {
                    state.setTimer(entry, EventTimeColumn.timer(micros));
                }
            }
        }
        countUpdated(size);
        ColumnBatch keyRows = code.leadingOf(arrived);
        if (step.output() == AggregateOutput.CHANGED) {
            emit(code.result(keyRows.beside(merged, code.partials())));
        } else if (step.output().givesChanges()) {
            ColumnBatch old = code.result(keyRows.select(known, knownCount).beside(before, code.partials()));
            emit(Changes.marked(old, Changes.GOES));
            emit(Changes.marked(code.result(keyRows.beside(merged, code.partials())), Changes.COMES));
        }
    }

    /** The rows of one batch, but at some places those of another. */
    private static ColumnBatch inPlace(ColumnBatch rows, ColumnBatch others, int[] places, int count) {
        int[] from = IntStream.range(0, rows.rows()).toArray();
        for (int i = 0; i < count; i++) {
            from[places[i]] = rows.rows() + i;
        }
        return ColumnBatch.concat(rows.schema(), List.of(rows, others)).select(from, from.length);
    }

    private void emitAll() throws Exception {
        ColumnBatchBuilder all = new ColumnBatchBuilder(code.partials(), Math.max(16, state.size()));
        for (int entry = 0; entry < state.bound(); entry++) {
            if (state.isLive(entry)) {
                groups.append(entry, all);
            }
        }
        emit(code.result(all.build()));
    }

    /** Groups that the watermark has passed go; if they are to come out when they are closed, they do. */
    private void close(long evictMicros) throws Exception {
        boolean emits = step.output() == AggregateOutput.CLOSED;
        ColumnBatchBuilder closed = new ColumnBatchBuilder(code.partials());
        long due = EventTimeColumn.due(evictMicros);
        int removed = 0;
        for (int entry = state.nextDue(due); entry >= 0; entry = state.nextDue(due)) {
            if (emits) {
                groups.append(entry, closed);
            }
            state.remove(entry);
            removed++;
        }
        countRemoved(removed);
        if (emits && removed > 0) {
            emit(code.result(closed.build()));
        }
    }

    @Override
    protected long stateRows() {
        return state.size();
    }
}
