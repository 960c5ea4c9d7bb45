// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.Row;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.StatefulFunction;
import io.millrace.table.plan.WindowCall;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Schema;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tree of relational algebra has beyond Calcite's own nodes: the steps of {@link QueryPlan} with one input that know streams. */
sealed interface Step {

    /** The columns that come out. */
    Schema output();

    /** The step on an input. */
    QueryPlan on(QueryPlan input);

    /** The place in the input of a column that comes through as it is, so that a condition on it may be checked before; -1 for others. */
    int origin(int column);

    /** How it stands in plans. */
    String text();

    /** What it computes from rows of the input. */
    default List<Read> reads() {
        return List.of();
    }

    /**
     * An expression over the input.
     *
     * @param type what it must be; null for any type
     */
    record Read(Expression expression, @Nullable DataType type) {

        static Stream<Read> of(AggregateCall call) {
            List<DataType> types = call.function().parameters();
            Stream<Read> arguments = IntStream.range(0, call.arguments().size())
                    .mapToObj(i -> new Read(call.arguments().get(i), i < types.size() ? types.get(i) : null));
            return call.filter() == null
                    ? arguments
                    : Stream.concat(arguments, Stream.of(new Read(call.filter(), AtomicType.BOOLEAN)));
        }

        static Stream<Read> of(WindowCall call) {
            Stream<Read> arguments = call.arguments().stream().map(argument -> new Read(argument, null));
            return call.aggregate() == null ? arguments : Stream.concat(arguments, of(call.aggregate()));
        }
    }

    /** See {@link QueryPlan.Watermark}; the number is given when the plan is made. */
    record Watermark(int column, long delayMicros, Schema output) implements Step {
        @Override
        public QueryPlan on(QueryPlan input) {
            throw new IllegalStateException("a watermark needs its number");
        }

        /** A condition stays behind it: the watermark is of all rows. */
        @Override
        public int origin(int column) {
            return -1;
        }

        @Override
        public String text() {
            return "watermark(" + output.field(column).name() + ", " + SqlText.interval(delayMicros) + ")";
        }
    }

    /** See {@link QueryPlan.TimeWindow}. */
    record TimeWindow(Expression time, long width, long slide, long start, Schema output) implements Step {
        @Override
        public QueryPlan on(QueryPlan input) {
            return new QueryPlan.TimeWindow(input, time, width, slide, start, output);
        }

        @Override
        public List<Read> reads() {
            return List.of(new Read(time, AtomicType.TIMESTAMP));
        }

        @Override
        public int origin(int column) {
            return column < output.size() - 1 ? column : -1;
        }

        @Override
        public String text() {
            return "window(" + io.millrace.table.plan.PlanText.expression(time) + ", " + SqlText.interval(width) + ", "
                    + SqlText.interval(slide) + ", " + SqlText.interval(start) + ")";
        }
    }

    /** See {@link QueryPlan.Generate}. */
    record Generate(Expression collection, boolean position, boolean inline, boolean outer, int inputs, Schema output)
            implements Step {
        @Override
        public QueryPlan on(QueryPlan input) {
            return new QueryPlan.Generate(input, collection, position, inline, outer, output);
        }

        @Override
        public List<Read> reads() {
            return List.of(new Read(collection, null));
        }

        @Override
        public int origin(int column) {
            return column < inputs ? column : -1;
        }

        @Override
        public String text() {
            return (inline ? "inline" : position ? "posexplode" : "explode") + (outer ? "_outer(" : "(")
                    + io.millrace.table.plan.PlanText.expression(collection) + ")";
        }
    }

    /** See {@link QueryPlan.Aggregate}. */
    record Aggregate(List<Integer> keys, List<AggregateCall> calls, Schema output) implements Step {
        @Override
        public QueryPlan on(QueryPlan input) {
            return new QueryPlan.Aggregate(input, keys, calls, output);
        }

        @Override
        public List<Read> reads() {
            return calls.stream().flatMap(Read::of).toList();
        }

        @Override
        public int origin(int column) {
            return column < keys.size() ? keys.get(column) : -1;
        }

        @Override
        public String text() {
            return "aggregate(keys=" + keys + ", " + io.millrace.table.plan.PlanText.calls(calls) + ")";
        }
    }

    /** See {@link QueryPlan.SessionAggregate}. */
    record Session(
            List<Integer> keys, int place, Expression time, Expression gap, List<AggregateCall> calls, Schema output)
            implements Step {
        @Override
        public QueryPlan on(QueryPlan input) {
            return new QueryPlan.SessionAggregate(input, keys, place, time, gap, calls, output);
        }

        @Override
        public List<Read> reads() {
            return Stream.concat(
                            Stream.of(
                                    new Read(time, AtomicType.TIMESTAMP), new Read(gap, AtomicType.DAY_TIME_INTERVAL)),
                            calls.stream().flatMap(Read::of))
                    .toList();
        }

        @Override
        public int origin(int column) {
            if (column == place || column > keys.size()) {
                return -1;
            }
            return keys.get(column < place ? column : column - 1);
        }

        @Override
        public String text() {
            return "session(keys=" + keys + ", time=" + io.millrace.table.plan.PlanText.expression(time) + ", gap="
                    + io.millrace.table.plan.PlanText.expression(gap) + ", "
                    + io.millrace.table.plan.PlanText.calls(calls) + ")";
        }
    }

    /** See {@link QueryPlan.Deduplicate}. */
    record Deduplicate(List<Integer> columns, boolean withinWatermark, Schema output) implements Step {
        @Override
        public QueryPlan on(QueryPlan input) {
            return new QueryPlan.Deduplicate(input, columns, withinWatermark);
        }

        @Override
        public int origin(int column) {
            return columns.contains(column) ? column : -1;
        }

        @Override
        public String text() {
            return "deduplicate(" + columns + (withinWatermark ? ", within watermark)" : ")");
        }
    }

    /** See {@link QueryPlan.TopN}; a rank with no bound has the greatest count there is. */
    record TopN(List<Integer> keys, List<QueryPlan.Order> orders, QueryPlan.Ranking ranking, long count, Schema output)
            implements Step {
        @Override
        public QueryPlan on(QueryPlan input) {
            return new QueryPlan.TopN(input, keys, orders, ranking, count, true, output);
        }

        @Override
        public List<Read> reads() {
            return orders.stream().map(order -> new Read(order.key(), null)).toList();
        }

        @Override
        public int origin(int column) {
            return keys.contains(column) ? column : -1;
        }

        @Override
        public String text() {
            return ranking.name().toLowerCase(Locale.ROOT) + "(keys=" + keys + ", orders=" + orders + ")";
        }
    }

    /** See {@link QueryPlan.Window}. */
    record Window(List<Integer> keys, List<QueryPlan.Order> orders, List<WindowCall> calls, Schema output)
            implements Step {
        @Override
        public QueryPlan on(QueryPlan input) {
            return new QueryPlan.Window(input, keys, orders, calls, output);
        }

        @Override
        public List<Read> reads() {
            return Stream.concat(
                            orders.stream().map(order -> new Read(order.key(), null)),
                            calls.stream().flatMap(Read::of))
                    .toList();
        }

        @Override
        public int origin(int column) {
            return keys.contains(column) ? column : -1;
        }

        @Override
        public String text() {
            return "window(keys=" + keys + ", orders=" + orders + ", "
                    + output.fields().subList(output.size() - calls.size(), output.size()).stream()
                            .map(field -> field.name())
                            .toList()
                    + ")";
        }
    }

    /** See {@link QueryPlan.Observe}. */
    record Observe(String name, QueryPlan metrics, Consumer<Row> heard, Schema output) implements Step {
        @Override
        public QueryPlan on(QueryPlan input) {
            return new QueryPlan.Observe(input, name, metrics, heard);
        }

        /** A condition stays behind it: all rows are observed. */
        @Override
        public int origin(int column) {
            return -1;
        }

        @Override
        public String text() {
            return "observe(" + name + ", " + metrics.schema() + ")";
        }
    }

    /** See {@link QueryPlan.Stateful}. */
    record Stateful(List<Integer> keys, StatefulFunction function, Schema output) implements Step {
        @Override
        public QueryPlan on(QueryPlan input) {
            return new QueryPlan.Stateful(input, keys, function, output);
        }

        @Override
        public int origin(int column) {
            return -1;
        }

        @Override
        public String text() {
            return "stateful(" + function.name() + ", keys=" + keys + ")";
        }
    }

    /** See {@link QueryPlan.Refused}: it is there while a plan is checked, and gone when it is run. */
    record Refused(String message, Schema output) implements Step {
        @Override
        public QueryPlan on(QueryPlan input) {
            return new QueryPlan.Refused(input, message);
        }

        @Override
        public int origin(int column) {
            return column;
        }

        @Override
        public String text() {
            return "of finished tables only";
        }
    }
}
