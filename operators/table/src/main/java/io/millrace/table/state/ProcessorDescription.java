// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.BatchFrame;
import io.millrace.table.execution.EventTimeColumn;
import io.millrace.table.execution.GroupKey;
import io.millrace.table.execution.Lateness;
import io.millrace.table.execution.Part;
import io.millrace.table.execution.QueryOutput;
import io.millrace.table.execution.RowExchange;
import io.millrace.table.execution.Shard;
import io.millrace.table.execution.StatefulDescription;
import io.millrace.table.execution.StatefulTask;
import io.millrace.table.execution.join.StreamJoinDescription;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A {@link StatefulProcessor} as an operator with state. */
public final class ProcessorDescription implements StatefulDescription {

    private final int number;
    private final QueryPlan.Stateful step;
    private final StatefulProcessorFunction function;
    private final int[] keys;

    /**
     * A step of a plan.
     *
     * @param number the operator's number
     * @throws IllegalArgumentException if its function is not a {@link StatefulProcessorFunction}
     */
    public ProcessorDescription(int number, QueryPlan.Stateful step) {
        if (!(step.function() instanceof StatefulProcessorFunction processor)) {
            throw new IllegalArgumentException("a function with state is a StatefulProcessorFunction, not "
                    + step.function().getClass().getName());
        }
        this.number = number;
        this.step = step;
        this.function = processor;
        this.keys = step.keys().stream().mapToInt(key -> key).toArray();
    }

    @Override
    public String kind() {
        return "transformWithState";
    }

    @Override
    public boolean givesChanges() {
        return false;
    }

    @Override
    public boolean isClosedByWatermark() {
        return function.timeMode() == TimeMode.EVENT_TIME;
    }

    @Override
    public boolean runsWithoutRows() {
        return function.timeMode() == TimeMode.PROCESSING_TIME;
    }

    @Override
    public RecordOperator<ColumnBatch, Pair<Shard, Part>> exchange(int input) {
        return new RowExchange(rows -> rows, keys);
    }

    @Override
    public @Nullable Lateness lateness(int input) {
        Schema rows = step.input().schema();
        int time =
                EventTimeColumn.of(rows, IntStream.range(0, rows.size()).boxed().toList());
        return function.timeMode() == TimeMode.EVENT_TIME && time >= 0
                ? new Lateness(rows, null, keys, Lateness.byColumn(time), null)
                : null;
    }

    @Override
    public StatefulTask open(int partition, int partitions, State<GroupKey, Object> state, Step<QueryOutput> out) {
        return open(partition, partitions, state, () -> 0, out);
    }

    @Override
    public StatefulTask open(
            int partition,
            int partitions,
            State<GroupKey, Object> state,
            LongSupplier nowMillis,
            Step<QueryOutput> out) {
        return new Task(state, nowMillis, out);
    }

    private final class Task extends StatefulTask {

        private final State<GroupKey, Object> state;
        private final LongSupplier nowMillis;
        private final List<ColumnBatch> given = new ArrayList<>();
        private final ProcessorRun run;

        Task(State<GroupKey, Object> state, LongSupplier nowMillis, Step<QueryOutput> out) {
            super(number, 1, false, out);
            this.state = state;
            this.nowMillis = nowMillis;
            run = new ProcessorRun(function, step.input().schema(), keys, step.schema(), state, given::add);
        }

        @Override
        protected void work(BatchFrame batch, List<List<Part>> parts) throws Exception {
            ColumnBatch rows = StreamJoinDescription.together(step.input().schema(), parts.get(0));
            int[] hashes = StreamJoinDescription.hashes(parts.get(0), rows.rows());
            given.clear();
            run.batch(rows, hashes, lateMicros(batch), evictMicros(batch), nowMillis.getAsLong());
            countDropped(run.dropped());
            countUpdated(run.updated());
            countRemoved(run.removed());
            for (ColumnBatch some : given) {
                emit(some);
            }
            given.clear();
        }

        @Override
        protected long stateRows() {
            return state.size();
        }
    }
}
