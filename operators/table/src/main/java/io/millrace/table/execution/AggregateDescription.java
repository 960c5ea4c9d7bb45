// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Schema;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An aggregation: rows are aggregated before they travel, and per batch the state of each group that is touched is changed once. */
final class AggregateDescription implements StatefulDescription {

    private static final Set<String> FREE_OF_ORDER = Set.of(
            "count", "count_if", "sum", "avg", "mean", "min", "max", "bool_and", "every", "bool_or", "any", "some");
    private static final Set<DataType> ROUNDED = Set.of(AtomicType.FLOAT, AtomicType.DOUBLE);

    private final int number;
    private final AggregateOutput output;
    private final AggregateCode code;
    private final int timeKey;
    private final @Nullable FoldingExchange folding;

    AggregateDescription(int number, QueryPlan.Aggregate step, AggregateOutput output) {
        this.number = number;
        this.output = output;
        Schema in = step.input().schema();
        this.code = new AggregateCode(in, step.keys(), step.calls(), step.schema());
        this.timeKey = EventTimeColumn.of(
                code.leading(), IntStream.range(0, code.keys()).boxed().toList());
        this.folding = code.keys() > 0 && step.calls().stream().allMatch(AggregateDescription::isFreeOfOrder)
                ? new FoldingExchange(code, SlicedWindows.below(step).orElse(null))
                : null;
    }

    /** Whether an aggregate is the same, to the last bit, in whatever order rows come and are put together. */
    private static boolean isFreeOfOrder(AggregateCall call) {
        return FREE_OF_ORDER.contains(call.function().name())
                && call.function().buffers().stream().noneMatch(ROUNDED::contains);
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
    public @Nullable FoldingExchange folding() {
        return folding;
    }

    @Override
    public StatefulTask open(int partition, int partitions, State<GroupKey, Object> state, Step<QueryOutput> out) {
        return new AggregateTask(this, partition, partitions, state, out);
    }
}
