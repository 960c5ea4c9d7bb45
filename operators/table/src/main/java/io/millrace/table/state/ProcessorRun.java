// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import io.millrace.operator.State;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.GroupIndex;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.RowBytes;
import io.millrace.table.data.RowEncoder;
import io.millrace.table.data.StructColumn;
import io.millrace.table.execution.GroupKey;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A {@link StatefulProcessor} at work on one partition. For one thread. */
public final class ProcessorRun {

    private static final long MICROS_PER_MILLI = 1000;

    private final StatefulProcessorFunction function;
    private final Schema input;
    private final int[] keys;
    private final Schema output;
    private final State<GroupKey, Object> state;
    private final Consumer<ColumnBatch> out;
    private final Schema keySchema;
    private final RowBytes keyBytes;
    private final RowEncoder keyEncoder;
    private long dropped;
    private long updated;
    private long removed;

    /**
     * With an empty or restored state, whose values are bytes.
     *
     * @param input the columns of its rows
     * @param keys the places of those that make a key
     * @param output the columns of the rows it gives
     * @param out takes what it gives
     */
    public ProcessorRun(
            StatefulProcessorFunction function,
            Schema input,
            int[] keys,
            Schema output,
            State<GroupKey, Object> state,
            Consumer<ColumnBatch> out) {
        this.function = function;
        this.input = input;
        this.keys = keys.clone();
        this.output = output;
        this.state = state;
        this.out = out;
        List<Field> fields = Arrays.stream(keys).mapToObj(input::field).toList();
        List<DataType> types = fields.stream().map(Field::type).toList();
        keySchema = new Schema(fields);
        keyBytes = RowBytes.ofKeys(types);
        keyEncoder = new RowEncoder(keyBytes);
    }

    /** A batch at work. */
    private final class Batch {
        private final StatefulProcessor<Row, Row, Row> processor =
                function.processors().get();
        private final TimerValues time;
        private final ProcessorHandle handle;
        private final List<Row> given = new ArrayList<>();

        Batch(TimerValues time) {
            this.time = time;
            handle = new ProcessorHandle(function.timeMode(), time.currentProcessingTimeInMs());
            processor.setHandle(handle);
            guarded("init", () -> {
                processor.init(function.outputMode(), function.timeMode());
                return Collections.emptyIterator();
            });
        }

        void rows(GroupKey group, ColumnBatch rows) {
            KeyedValues values = valuesOf(group);
            List<Row> all = RowForm.rows(rows.withSchema(input));
            Row key = RowForm.rows(rows.select(new int[] {0}, 1).project(keys, keySchema))
                    .get(0);
            handle.take(values);
            guarded("handleInputRows", () -> processor.handleInputRows(key, all.iterator(), time));
            write(group, values, Long.MIN_VALUE);
        }

        /** The timers of a key that are over, of those that were there before the first fires, and what has expired. */
        void due(int entry, long nowMillis) {
            GroupKey group = state.key(entry);
            KeyedValues values = KeyedValues.of((byte[]) state.value(entry));
            Row key = Row.of(keySchema, keyOf(group));
            handle.take(values);
            for (long timer : values.timers()) {
                if (timer <= nowMillis) {
                    ExpiredTimerInfo info = new ExpiredTimerInfo(timer);
                    guarded("handleExpiredTimer", () -> processor.handleExpiredTimer(key, time, info));
                    values.removeTimer(timer);
                }
            }
            values.expire(time.currentProcessingTimeInMs());
            write(group, values, nowMillis + 1);
        }

        void end() {
            handle.take(null);
            guarded("close", () -> {
                processor.close();
                return Collections.emptyIterator();
            });
            if (!given.isEmpty()) {
                out.accept(RowForm.batch(output, given));
            }
        }

        private void guarded(String place, Supplier<Iterator<Row>> call) {
            try {
                call.get().forEachRemaining(given::add);
            } catch (QueryExecutionException e) {
                throw e;
            } catch (RuntimeException e) {
                QueryExecutionException failure = new QueryExecutionException(
                        "TRANSFORM_WITH_STATE_USER_FUNCTION_ERROR",
                        "An error occurred in the user defined function " + place + " of " + function.name() + ": "
                                + e);
                failure.initCause(e);
                throw failure;
            }
        }
    }

    /**
     * Works on a batch.
     *
     * @param rows what came, in order of arrival
     * @param hashes the hash of each row's key
     * @param lateMicros rows at or before it are late, if timers fire by the watermark
     * @param watermarkMicros the watermark; {@link Long#MAX_VALUE}: all timers by it fire
     * @param nowMillis the time of the batch
     */
    public void batch(ColumnBatch rows, int[] hashes, long lateMicros, long watermarkMicros, long nowMillis) {
        dropped = 0;
        updated = 0;
        removed = 0;
        long watermark = Math.floorDiv(watermarkMicros, MICROS_PER_MILLI);
        boolean byWatermark = function.timeMode() == TimeMode.EVENT_TIME;
        int[] inTime = byWatermark ? inTime(rows, lateMicros) : inTime(rows, Long.MIN_VALUE);
        dropped = (long) rows.rows() - inTime.length;
        long timerNow = byWatermark ? watermark : nowMillis;
        int entry = function.timeMode() == TimeMode.NONE ? -1 : state.nextDue(timerNow);
        if (inTime.length == 0 && entry < 0) {
            return;
        }
        if (entry >= 0) {
            state.setTimer(entry, timerNow);
        }
        Batch batch = new Batch(new TimerValues(nowMillis, watermark));
        byKey(rows, hashes, inTime, batch);
        if (function.timeMode() != TimeMode.NONE) {
            for (int due = state.nextDue(timerNow); due >= 0; due = state.nextDue(timerNow)) {
                batch.due(due, timerNow);
            }
        }
        batch.end();
    }

    /** Late rows of the last batch. */
    public long dropped() {
        return dropped;
    }

    /** Keys whose state is new or has changed in the last batch. */
    public long updated() {
        return updated;
    }

    /** Keys that have no state any more since the last batch. */
    public long removed() {
        return removed;
    }

    private void byKey(ColumnBatch rows, int[] hashes, int[] places, Batch batch) {
        ColumnBatch chosen = rows.select(places, places.length);
        int[] numbers = new GroupIndex(keyBytes.types()).assign(chosen, keys);
        List<List<Integer>> groups = new ArrayList<>();
        for (int row = 0; row < numbers.length; row++) {
            if (numbers[row] == groups.size()) {
                groups.add(new ArrayList<>());
            }
            groups.get(numbers[row]).add(row);
        }
        for (List<Integer> group : groups) {
            int[] of = group.stream().mapToInt(row -> row).toArray();
            GroupKey key = new GroupKey(hashes[places[of[0]]], keyEncoder.encode(chosen, keys, of[0]));
            batch.rows(key, chosen.select(of, of.length));
        }
    }

    private KeyedValues valuesOf(GroupKey key) {
        int entry = state.find(key, key.stableHash());
        return entry < 0 ? new KeyedValues() : KeyedValues.of((byte[]) state.value(entry));
    }

    private List<Object> keyOf(GroupKey key) {
        var builder = new io.millrace.table.data.ColumnBatchBuilder(keySchema, 1);
        keyBytes.decode(key.bytes(), builder, 0);
        builder.rowDone();
        return RowForm.rows(builder.build()).get(0).values();
    }

    /** Writes what there is for a key now; what is due for it is not looked at before a time. */
    private void write(GroupKey key, KeyedValues values, long notBeforeMillis) {
        int hash = key.stableHash();
        int entry = state.find(key, hash);
        if (values.isEmpty()) {
            if (entry >= 0) {
                state.remove(entry);
                removed++;
            }
            return;
        }
        if (entry < 0) {
            entry = state.insert(key, hash, values.toBytes());
            updated++;
        } else if (values.isChanged()) {
            state.set(entry, values.toBytes());
            updated++;
        }
        long due = values.dueAtMillis();
        if (due != Long.MAX_VALUE) {
            state.setTimer(entry, Math.max(due, notBeforeMillis));
        } else {
            state.clearTimer(entry);
        }
    }

    /** The rows that are not late by the first column that carries a watermark, by their places. */
    private int[] inTime(ColumnBatch rows, long lateMicros) {
        int late = 0;
        while (late < input.size() && !input.field(late).eventTime()) {
            late++;
        }
        int[] places = new int[rows.rows()];
        int count = 0;
        for (int row = 0; row < places.length; row++) {
            if (late == input.size() || timeOf(rows.column(late), row) > lateMicros) {
                places[count++] = row;
            }
        }
        return Arrays.copyOf(places, count);
    }

    private static long timeOf(Column times, int row) {
        LongColumn micros = times instanceof StructColumn window ? (LongColumn) window.fields()[1] : (LongColumn) times;
        return times.isNull(row) || micros.isNull(row) ? Long.MAX_VALUE : micros.values()[row];
    }
}
