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

/** An aggregation: rows are aggregated before they travel, and per batch the state of each group that is touched is changed once. */
final class AggregateDescription implements StatefulDescription {

    private final int number;
    private final AggregateOutput output;
    private final AggregateCode code;
    private final int timeKey;

    AggregateDescription(int number, QueryPlan.Aggregate step, AggregateOutput output) {
        this.number = number;
        this.output = output;
        Schema in = step.input().schema();
        this.code = new AggregateCode(in, step.keys(), step.calls(), step.schema());
        this.timeKey = EventTimeColumn.of(
                code.leading(), IntStream.range(0, code.keys()).boxed().toList());
    }

    int number() {
        return number;
    }

    AggregateOutput output() {
        return output;
    }

    AggregateCode code() {
        return code;
    }

    /** Which key carries the watermark, or -1. */
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
        return new RowExchange(code::aggregate, IntStream.range(0, code.keys()).toArray());
    }

    @Override
    public StatefulTask open(int partition, int partitions, State<GroupKey, Object> state, Step<QueryOutput> out) {
        return new AggregateTask(this, partition, partitions, state, out);
    }
}
