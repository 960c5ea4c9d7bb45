// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ValueHash;
import io.millrace.table.plan.QueryPlan;
import java.util.List;

/**
 * The first rows of all that ever come.
 *
 * @param number the number of the operator
 * @param step how many
 */
record LimitDescription(int number, QueryPlan.Limit step) implements StatefulDescription {

    private static final int[] NO_KEYS = {};

    @Override
    public String kind() {
        return "limit";
    }

    @Override
    public boolean givesChanges() {
        return false;
    }

    @Override
    public boolean isClosedByWatermark() {
        return false;
    }

    @Override
    public RecordOperator<ColumnBatch, Pair<Shard, Part>> exchange(int input) {
        return new RowExchange(batch -> FusedSteps.first(batch, 0, step.offset() + step.count()), NO_KEYS);
    }

    @Override
    public StatefulTask open(int partition, int partitions, State<GroupKey, Object> state, Step<QueryOutput> out) {
        return new Task(state, out);
    }

    private final class Task extends StatefulTask {

        private final GroupKey key = new GroupKey(ValueHash.hashes(new Column[0], 1)[0], new byte[0]);
        private final State<GroupKey, Object> state;

        Task(State<GroupKey, Object> state, Step<QueryOutput> out) {
            super(number, 1, false, out);
            this.state = state;
        }

        @Override
        protected void work(BatchFrame batch, List<List<Part>> rows) throws Exception {
            int entry = state.find(key, key.stableHash());
            long seen = entry < 0 ? 0 : (Long) state.value(entry);
            long before = seen;
            for (Part part : rows.get(0)) {
                long skipped = Math.min(part.size(), Math.max(0, step.offset() - seen));
                long room = step.offset() + step.count() - Math.max(seen, step.offset());
                emit(FusedSteps.first(part.rows(), skipped, Math.max(0, room)));
                seen += part.size();
            }
            if (seen == before) {
                return;
            }
            countUpdated(1);
            if (entry < 0) {
                state.insert(key, key.stableHash(), seen);
            } else {
                state.setLong(entry, seen);
            }
        }

        @Override
        protected long stateRows() {
            return state.size();
        }
    }
}
