// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.rank;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.RowOrder;
import io.millrace.table.execution.BatchFrame;
import io.millrace.table.execution.Changes;
import io.millrace.table.execution.GroupKey;
import io.millrace.table.execution.Lateness;
import io.millrace.table.execution.Part;
import io.millrace.table.execution.QueryOutput;
import io.millrace.table.execution.RowExchange;
import io.millrace.table.execution.Shard;
import io.millrace.table.execution.StatefulDescription;
import io.millrace.table.execution.StatefulTask;
import io.millrace.table.execution.join.StreamJoinDescription;
import io.millrace.table.execution.rank.TopRows.Emission;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The best rows of each group as an operator with state. */
public final class TopNDescription implements StatefulDescription {

    private final int number;
    private final TopRows.Shape shape;
    private final CompiledProjection travelling;
    private final boolean plain;

    /**
     * A ranking.
     *
     * @param number the operator's number
     * @param changes whether its rows have a kind of change
     * @param emission which rows come out
     * @param keepsAll whether no group is ever closed and no row late
     */
    public TopNDescription(int number, QueryPlan.TopN top, boolean changes, Emission emission, boolean keepsAll) {
        this.number = number;
        Schema in = top.input().schema();
        Schema from = changes ? Changes.with(in) : in;
        List<Expression> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>(in.fields());
        for (int i = 0; i < in.size(); i++) {
            columns.add(reference(in, i));
        }
        List<RowOrder.Key> order = new ArrayList<>();
        for (QueryPlan.Order by : top.orders()) {
            int place = by.key() instanceof Expression.Reference column ? column.index() : columns.size();
            if (place == columns.size()) {
                columns.add(by.key());
                fields.add(Field.of("$order" + order.size(), by.key().type()));
            }
            order.add(new RowOrder.Key(place, by.descending(), by.nullsFirst()));
        }
        Schema ranked = new Schema(fields);
        plain = ranked.size() == in.size();
        if (changes) {
            columns.add(reference(from, in.size()));
        }
        travelling = CompiledProjection.of(columns, from, changes ? Changes.with(ranked) : ranked);
        int[] keys = top.keys().stream().mapToInt(key -> key).toArray();
        int time = TopRows.NO_TIME;
        for (int i = keys.length - 1; i >= 0; i--) {
            time = !keepsAll && in.field(keys[i]).eventTime() ? i : time;
        }
        shape = new TopRows.Shape(
                in,
                ranked,
                keys,
                new Ranks(top.ranking(), new RowOrder(order), top.count()),
                top.rankColumn(),
                top.schema(),
                changes,
                time,
                emission);
    }

    private static Expression reference(Schema schema, int place) {
        Field field = schema.field(place);
        return new Expression.Reference(place, field.type(), field.nullable(), field.name());
    }

    @Override
    public String kind() {
        return "top";
    }

    @Override
    public boolean givesChanges() {
        return shape.emission() == Emission.CHANGES;
    }

    @Override
    public boolean isClosedByWatermark() {
        return shape.time() != TopRows.NO_TIME;
    }

    @Override
    public RecordOperator<ColumnBatch, Pair<Shard, Part>> exchange(int input) {
        return new RowExchange(travelling::apply, shape.keys());
    }

    @Override
    public @Nullable Lateness lateness(int input) {
        return shape.time() == TopRows.NO_TIME
                ? null
                : new Lateness(
                        travelling.schema(),
                        plain ? null : travelling::apply,
                        shape.keys(),
                        Lateness.byColumn(shape.keys()[shape.time()]),
                        null);
    }

    @Override
    public StatefulTask open(int partition, int partitions, State<GroupKey, Object> state, Step<QueryOutput> out) {
        return new Task(state, out);
    }

    private final class Task extends StatefulTask {

        private final State<GroupKey, Object> state;
        private final List<ColumnBatch> given = new ArrayList<>();
        private final TopRows rows;

        Task(State<GroupKey, Object> state, Step<QueryOutput> out) {
            super(number, 1, shape.emission() == Emission.CHANGES, out);
            this.state = state;
            rows = new TopRows(shape, state, given::add);
        }

        @Override
        protected void work(BatchFrame batch, List<List<Part>> parts) throws Exception {
            ColumnBatch came = StreamJoinDescription.together(travelling.schema(), parts.get(0));
            int[] hashes = StreamJoinDescription.hashes(parts.get(0), came.rows());
            given.clear();
            rows.batch(came, hashes, lateMicros(batch), evictMicros(batch));
            countDropped(rows.dropped());
            countUpdated(came.rows() - rows.dropped());
            countRemoved(rows.removed());
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
