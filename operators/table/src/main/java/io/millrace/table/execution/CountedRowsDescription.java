// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.Schema;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation that keeps the counted rows of each group: for aggregates that look at equal arguments once, and for rows that may be taken back. It
 * costs as much as a group has different rows whenever the group is touched.
 */
final class CountedRowsDescription implements StatefulDescription {

    private final int number;
    private final AggregateOutput output;
    private final CountedRowsCode code;
    private final Schema in;
    private final int[] keys;
    private final int timeKey;

    CountedRowsDescription(int number, QueryPlan.Aggregate step, AggregateOutput output, boolean changes) {
        this.number = number;
        this.output = output;
        this.code = new CountedRowsCode(step, changes);
        this.in = changes ? Changes.with(step.input().schema()) : step.input().schema();
        this.keys = step.keys().stream().mapToInt(Integer::intValue).toArray();
        this.timeKey = EventTimeColumn.of(
                code.leading(), IntStream.range(0, code.keys()).boxed().toList());
    }

    int number() {
        return number;
    }

    AggregateOutput output() {
        return output;
    }

    CountedRowsCode code() {
        return code;
    }

    int timeKey() {
        return timeKey;
    }

    @Override
    public String kind() {
        return "aggregate";
    }

    @Override
    public boolean givesChanges() {
        return output.givesChanges();
    }

    @Override
    public boolean isClosedByWatermark() {
        return output.closes();
    }

    @Override
    public RecordOperator<ColumnBatch, Pair<Shard, Part>> exchange(int input) {
        return new RowExchange(code::count, IntStream.range(0, code.keys()).toArray());
    }

    @Override
    public @Nullable Lateness lateness(int input) {
        return output.closes() && timeKey >= 0
                ? new Lateness(in, null, keys, Lateness.byColumn(keys[timeKey]), code::count)
                : null;
    }

    @Override
    public StatefulTask open(int partition, int partitions, State<GroupKey, Object> state, Step<QueryOutput> out) {
        return new CountedRowsTask(this, partition, partitions, state, out);
    }
}
