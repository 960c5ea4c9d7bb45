// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.StructColumn;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.BatchMoment;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Rewrites;
import io.millrace.table.plan.QueryPlan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Sliding windows below an aggregation, put off until rows are folded: a row is folded in the slice of time it lies in, and what is folded of a slice goes
 * into all windows that have the slice. With windows of 10 s every 2 s a row is looked at once in place of five times.
 *
 * <p>A slice is as long as the greatest length that divides both width and slide, so that no window begins or ends within one. Immutable; for
 * many threads.
 */
final class SlicedWindows {

    private final QueryPlan.TimeWindow window;
    private final UnaryOperator<ColumnBatch> whole;
    private final UnaryOperator<ColumnBatch> sliced;
    private final int key;

    private SlicedWindows(QueryPlan.TimeWindow window, QueryPlan above, int key) {
        this.window = window;
        this.key = key;
        this.whole = FusedSteps.work(above, false).apply(0);
        long slice = BigInteger.valueOf(window.widthMicros())
                .gcd(BigInteger.valueOf(window.slideMicros()))
                .longValueExact();
        QueryPlan.TimeWindow slices = new QueryPlan.TimeWindow(
                window.input(), window.time(), slice, slice, window.startMicros(), window.schema());
        this.sliced = FusedSteps.work(
                above instanceof QueryPlan.Project project
                        ? new QueryPlan.Project(slices, project.columns(), project.schema())
                        : slices,
                false)
                .apply(0);
    }

    /** Those right below an aggregation, if they are read as a key of its groups and nowhere else. */
    static Optional<SlicedWindows> below(QueryPlan.Aggregate step) {
        QueryPlan above = step.input();
        QueryPlan below = above instanceof QueryPlan.Project project ? project.input() : above;
        if (!(below instanceof QueryPlan.TimeWindow window) || window.slideMicros() >= window.widthMicros()) {
            return Optional.empty();
        }
        if (above instanceof QueryPlan.Project project
                && project.columns().stream().anyMatch(BatchMoment::isAsked)) {
            return Optional.empty();
        }
        int column = window.schema().size() - 1;
        List<Integer> places =
                above instanceof QueryPlan.Project project ? readers(project.columns(), column) : List.of(column);
        if (places.size() != 1 || !isReference(above, places.get(0))) {
            return Optional.empty();
        }
        int place = places.get(0);
        int key = step.keys().indexOf(place);
        boolean read = step.calls().stream().anyMatch(call -> reads(call, place));
        return key < 0 || read ? Optional.empty() : Optional.of(new SlicedWindows(window, above, key));
    }

    private static List<Integer> readers(List<Expression> columns, int place) {
        List<Integer> readers = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (Rewrites.places(List.of(columns.get(i))).anyMatch(read -> read == place)) {
                readers.add(i);
            }
        }
        return readers;
    }

    private static boolean isReference(QueryPlan above, int place) {
        return !(above instanceof QueryPlan.Project project)
                || project.columns().get(place) instanceof Expression.Reference;
    }

    private static boolean reads(AggregateCall call, int place) {
        List<Expression> all = new ArrayList<>(call.arguments());
        if (call.filter() != null) {
            all.add(call.filter());
        }
        return Rewrites.places(all).anyMatch(read -> read == place);
    }

    /** What gives the rows. */
    QueryPlan input() {
        return window.input();
    }

    /** Rows as the aggregation takes them: each in all its windows. */
    ColumnBatch inWindows(ColumnBatch rows) {
        return whole.apply(rows);
    }

    /** The same, but each in its slice, which stands in the place of the window. */
    ColumnBatch inSlices(ColumnBatch rows) {
        return sliced.apply(rows);
    }

    /** What is folded of slices, keys first, for each window that has the slice. */
    ColumnBatch spread(ColumnBatch folded) {
        LongColumn slices = (LongColumn) ((StructColumn) folded.column(key)).fields()[0];
        int most = Math.toIntExact((window.widthMicros() + window.slideMicros() - 1) / window.slideMicros());
        int capacity = Math.multiplyExact(folded.rows(), most);
        int[] places = new int[capacity];
        long[] starts = new long[capacity];
        long[] ends = new long[capacity];
        int count = 0;
        for (int row = 0; row < folded.rows(); row++) {
            long slice = slices.values()[row];
            long last = slice - Math.floorMod(slice - window.startMicros(), window.slideMicros());
            for (long first = last; first + window.widthMicros() > slice; first -= window.slideMicros()) {
                places[count] = row;
                starts[count] = first;
                ends[count++] = first + window.widthMicros();
            }
        }
        Column[] columns = folded.select(places, count).columns().clone();
        columns[key] = new StructColumn(new Column[] {new LongColumn(starts, null), new LongColumn(ends, null)}, null);
        return new ColumnBatch(folded.schema(), columns, count);
    }
}
