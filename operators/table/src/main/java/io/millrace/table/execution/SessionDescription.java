// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.StructColumn;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** An aggregation by sessions: the sessions of a key are kept together, and those that a row touches become one. */
final class SessionDescription implements StatefulDescription {

    private final int number;
    private final AggregateOutput output;
    private final QueryPlan.SessionAggregate step;
    private final boolean streaming;
    private final CompiledProjection span;
    private final Schema spanned;
    private final AggregateCode code;

    /**
     * A description.
     *
     * @param streaming whether rows go on coming, for which Spark wants a further key
     */
    SessionDescription(int number, QueryPlan.SessionAggregate step, AggregateOutput output, boolean streaming) {
        this.number = number;
        this.output = output;
        this.step = step;
        this.streaming = streaming;
        Schema in = step.input().schema();
        Field start = new Field("start", AtomicType.TIMESTAMP, false, false);
        Field end = new Field("end", AtomicType.TIMESTAMP, false, false);
        this.span = CompiledProjection.of(
                List.of(step.time(), step.gap()),
                in,
                new Schema(List.of(start, Field.of("gap", AtomicType.DAY_TIME_INTERVAL))));
        List<Field> fields = new ArrayList<>(in.fields());
        fields.add(start);
        fields.add(end);
        this.spanned = new Schema(fields);
        List<Integer> places = new ArrayList<>(step.keys());
        places.add(in.size());
        places.add(in.size() + 1);
        Schema leading = new Schema(places.stream().map(spanned::field).toList());
        List<Field> results = new ArrayList<>(leading.fields());
        results.addAll(step.schema()
                .fields()
                .subList(step.keys().size() + 1, step.schema().size()));
        this.code = new AggregateCode(spanned, places, step.calls(), new Schema(results));
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

    /** How many keys there are besides the session. */
    int keys() {
        return step.keys().size();
    }

    /** Whether it is refused for want of a key. */
    boolean isGlobalStream() {
        return streaming && step.keys().isEmpty();
    }

    /** The result of rows of keys, start, end and buffers. */
    ColumnBatch result(ColumnBatch rows) {
        ColumnBatch computed = code.result(rows);
        int keys = keys();
        List<Column> columns = new ArrayList<>(Arrays.asList(computed.columns()));
        Column end = columns.remove(keys + 1);
        Column start = columns.remove(keys);
        columns.add(step.sessionPlace(), new StructColumn(new Column[] {start, end}, null));
        return new ColumnBatch(step.schema(), columns.toArray(new Column[0]), rows.rows());
    }

    @Override
    public String kind() {
        return "session";
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
        return new RowExchange(
                batch -> code.aggregate(spanned(batch)),
                IntStream.range(0, keys()).toArray());
    }

    @Override
    public Lateness lateness(int input) {
        int[] places = step.keys().stream().mapToInt(Integer::intValue).toArray();
        return new Lateness(step.input().schema(), null, places, this::late, batch -> code.aggregate(spanned(batch)));
    }

    /** The rows whose own session is over; one without a session is none of them. */
    private int[] late(ColumnBatch batch, long lateMicros) {
        ColumnBatch spans = span.apply(batch);
        LongColumn starts = (LongColumn) spans.column(0);
        LongColumn gaps = (LongColumn) spans.column(1);
        return IntStream.range(0, batch.rows())
                .filter(row -> !starts.isNull(row) && !gaps.isNull(row) && gaps.values()[row] > 0)
                .filter(row -> Math.addExact(starts.values()[row], gaps.values()[row]) <= lateMicros)
                .toArray();
    }

    /** The rows with the session that each would make alone; those with no time, or with a gap that is not positive, are left out. */
    private ColumnBatch spanned(ColumnBatch batch) {
        ColumnBatch spans = span.apply(batch);
        LongColumn starts = (LongColumn) spans.column(0);
        LongColumn gaps = (LongColumn) spans.column(1);
        int[] kept = new int[batch.rows()];
        long[] from = new long[batch.rows()];
        long[] to = new long[batch.rows()];
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (!starts.isNull(row) && !gaps.isNull(row) && gaps.values()[row] > 0) {
                kept[count] = row;
                from[count] = starts.values()[row];
                to[count++] = Math.addExact(starts.values()[row], gaps.values()[row]);
            }
        }
        ColumnBatch rows = count == batch.rows() ? batch : batch.select(kept, count);
        int width = rows.columns().length;
        Column[] columns = Arrays.copyOf(rows.columns(), width + 2);
        columns[width] = new LongColumn(from, null);
        columns[width + 1] = new LongColumn(to, null);
        return new ColumnBatch(spanned, columns, count);
    }

    @Override
    public StatefulTask open(int partition, int partitions, State<GroupKey, Object> state, Step<QueryOutput> out) {
        return new SessionTask(this, state, out);
    }
}
