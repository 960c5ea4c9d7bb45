// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.GroupIndex;
import io.millrace.table.data.RowBytes;
import io.millrace.table.data.RowEncoder;
import io.millrace.table.data.ValueHash;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Schema;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The first row of each combination of columns. The state of a combination is when it is forgotten. */
final class DeduplicateDescription implements StatefulDescription {

    private final int number;
    private final QueryPlan.Deduplicate step;
    private final int[] keys;
    private final List<DataType> keyTypes;
    private final int timeColumn;
    private final boolean expires;
    private final long delayMicros;

    DeduplicateDescription(int number, QueryPlan.Deduplicate step) {
        this.number = number;
        this.step = step;
        Schema schema = step.schema();
        this.keys = step.columns().stream().mapToInt(Integer::intValue).toArray();
        this.keyTypes = step.columns().stream()
                .map(column -> schema.field(column).type())
                .toList();
        int timeKey = EventTimeColumn.of(schema, step.columns());
        List<Integer> all = IntStream.range(0, schema.size()).boxed().toList();
        this.timeColumn = timeKey >= 0 ? timeKey : EventTimeColumn.of(schema, all);
        this.expires = step.withinWatermark() || timeKey >= 0;
        this.delayMicros = step.withinWatermark() ? delay(step.input()) : 0;
    }

    /** How late rows may be, by the watermark below a step. */
    private static long delay(QueryPlan below) {
        if (below instanceof QueryPlan.Watermark watermark) {
            return watermark.delayMicros();
        }
        return below.inputs().stream()
                .mapToLong(DeduplicateDescription::delay)
                .max()
                .orElse(0);
    }

    @Override
    public String kind() {
        return step.withinWatermark() ? "dedupeWithinWatermark" : "dedupe";
    }

    @Override
    public boolean givesChanges() {
        return false;
    }

    @Override
    public boolean isClosedByWatermark() {
        return true;
    }

    @Override
    public RecordOperator<ColumnBatch, Pair<Shard, Part>> exchange(int input) {
        return new RowExchange(batch -> batch, keys);
    }

    @Override
    public @Nullable Lateness lateness(int input) {
        return timeColumn < 0 ? null : new Lateness(step.schema(), null, keys, Lateness.byColumn(timeColumn), null);
    }

    @Override
    public StatefulTask open(int partition, int partitions, State<GroupKey, Object> state, Step<QueryOutput> out) {
        return new Task(state, out);
    }

    private final class Task extends StatefulTask {

        private final RowEncoder keyEncoder = new RowEncoder(RowBytes.ofKeys(keyTypes));
        private final State<GroupKey, Object> state;

        Task(State<GroupKey, Object> state, Step<QueryOutput> out) {
            super(number, 1, false, out);
            this.state = state;
        }

        @Override
        protected void work(BatchFrame batch, List<List<Part>> rows) throws Exception {
            GroupIndex index = new GroupIndex(keyTypes);
            for (Part part : rows.get(0)) {
                emit(firsts(part, index, lateMicros(batch)));
            }
            if (expires) {
                forget(EventTimeColumn.due(evictMicros(batch)));
            }
        }

        /** The rows whose combination has not come before. */
        private ColumnBatch firsts(Part part, GroupIndex index, long lateMicros) {
            ColumnBatch rows = inTime(part.rows(), lateMicros);
            int known = index.size();
            int[] groups = index.assign(rows, keys);
            int[] hashes = ValueHash.hashes(rows, keys);
            int[] kept = new int[rows.rows()];
            int count = 0;
            for (int row = 0; row < kept.length; row++) {
                if (groups[row] < known && keys.length > 0) {
                    continue;
                }
                known = Math.max(known, groups[row] + 1);
                if (remember(rows, row, hashes[row])) {
                    kept[count++] = row;
                }
            }
            return rows.select(kept, count);
        }

        private ColumnBatch inTime(ColumnBatch rows, long lateMicros) {
            if (timeColumn < 0) {
                return rows;
            }
            Column times = rows.column(timeColumn);
            int[] kept = new int[rows.rows()];
            int count = 0;
            for (int row = 0; row < kept.length; row++) {
                if (EventTimeColumn.micros(times, row) > lateMicros) {
                    kept[count++] = row;
                }
            }
            countDropped(kept.length - count);
            return count == kept.length ? rows : rows.select(kept, count);
        }

        /** Notes the combination of a row; false if it was there. */
        private boolean remember(ColumnBatch rows, int row, int hash) {
            GroupKey key = new GroupKey(hash, keyEncoder.encode(rows, keys, row));
            if (state.find(key, key.stableHash()) >= 0) {
                return false;
            }
            long time = timeColumn < 0 ? EventTimeColumn.NEVER : EventTimeColumn.micros(rows.column(timeColumn), row);
            boolean goes = expires && time != EventTimeColumn.NEVER;
            long expiry = goes ? time + delayMicros : EventTimeColumn.NEVER;
            int entry = state.insert(key, key.stableHash(), expiry);
            if (goes) {
                state.setTimer(entry, EventTimeColumn.timer(expiry));
            }
            countUpdated(1);
            return true;
        }

        private void forget(long due) {
            for (int entry = state.nextDue(due); entry >= 0; entry = state.nextDue(due)) {
                state.remove(entry);
                countRemoved(1);
            }
        }

        @Override
        protected long stateRows() {
            return state.size();
        }
    }
}
