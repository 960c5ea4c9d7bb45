// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.Row;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.Schema;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a query does, after optimisation and before it is known how it runs: the same for SQL and for the table API, for a stream and for
 * finished data.
 */
public sealed interface QueryPlan {

    /** The columns it gives. A column that {@linkplain io.millrace.table.type.Field#eventTime() carries a watermark} says so. */
    Schema schema();

    /** What it works on, in order. */
    List<QueryPlan> inputs();

    /** A step with no input. */
    sealed interface Leaf extends QueryPlan {
        @Override
        default List<QueryPlan> inputs() {
            return List.of();
        }
    }

    /** A step with one input. */
    sealed interface Unary extends QueryPlan {
        /** The input. */
        QueryPlan input();

        @Override
        default List<QueryPlan> inputs() {
            return List.of(input());
        }
    }

    /**
     * All rows of a source or a table, with the columns that the query reads.
     *
     * @param id which one: what the planner was given it under; two scans of one source have one id
     * @param streaming whether rows come for ever; otherwise they are all there
     * @param columns the places of the columns among those of the source, rising; the same in all scans of a source
     * @param schema these columns
     */
    record Scan(String id, boolean streaming, List<Integer> columns, Schema schema) implements Leaf {
        public Scan {
            columns = List.copyOf(columns);
        }

        /** All columns of a source. */
        public Scan(String id, boolean streaming, Schema schema) {
            this(id, streaming, IntStream.range(0, schema.size()).boxed().toList(), schema);
        }

        /** What is read of rows of the source. */
        public ColumnBatch of(ColumnBatch whole) {
            return columns.size() == whole.schema().size()
                    ? whole
                    : whole.project(columns.stream().mapToInt(column -> column).toArray(), schema);
        }
    }

    /** Constant rows, in the form {@link io.millrace.table.type.DataType} says. */
    record Values(List<@Nullable Object[]> rows, Schema schema) implements Leaf {}

    /** New columns from the old, row by row. */
    record Project(QueryPlan input, List<Expression> columns, Schema schema) implements Unary {}

    /** The rows for which a condition is true. */
    record Filter(QueryPlan input, Expression condition) implements Unary {
        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    /**
     * For each row as many as an array or map has elements, with further columns: with {@code position} the place from 0; then the element,
     * or key and value, or with {@code inline} the fields of the struct.
     *
     * @param outer a row with none gives one, with nulls
     */
    record Generate(
            QueryPlan input, Expression collection, boolean position, boolean inline, boolean outer, Schema schema)
            implements Unary {}

    /**
     * Says how late rows of a column may come. From here on the column carries the watermark.
     *
     * @param node which watermark of the query it is, from 0
     * @param column the column, a timestamp (or a window, whose end counts)
     * @param delayMicros how much later than the latest seen a row may be
     */
    record Watermark(QueryPlan input, int node, int column, long delayMicros, Schema schema) implements Unary {}

    /**
     * The windows a row falls into: a further column {@code struct<start:timestamp,end:timestamp>}, one row for each window. Rows with no time are dropped.
     * Start of windows: multiples of {@code slideMicros} since 1970 plus {@code startMicros}.
     */
    record TimeWindow(
            QueryPlan input, Expression time, long widthMicros, long slideMicros, long startMicros, Schema schema)
            implements Unary {}

    /**
     * One row per group.
     *
     * @param keys the places of the columns that make a group; the first columns of the result. Empty: one group, which is there without rows too
     */
    record Aggregate(QueryPlan input, List<Integer> keys, List<AggregateCall> calls, Schema schema) implements Unary {
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }
    }

    /**
     * One row per session of a group: rows of equal keys, each less than the gap after one before it. Columns: keys with the session as {@code struct<start:timestamp,end:timestamp>} at place
     * {@code sessionPlace} among them, then the aggregates.
     *
     * @param gap micros as a day-time interval, per row; a row with a gap that is not positive is dropped
     */
    record SessionAggregate(
            QueryPlan input,
            List<Integer> keys,
            int sessionPlace,
            Expression time,
            Expression gap,
            List<AggregateCall> calls,
            Schema schema)
            implements Unary {
        public SessionAggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }
    }

    /**
     * The first row of each combination of some columns.
     *
     * @param withinWatermark forget a combination once the watermark is {@code delay} past its first row
     */
    record Deduplicate(QueryPlan input, List<Integer> columns, boolean withinWatermark) implements Unary {
        public Deduplicate {
            columns = List.copyOf(columns);
        }

        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    /** Which rows of a join come out. */
    enum JoinType {
        INNER,
        LEFT_OUTER,
        RIGHT_OUTER,
        FULL_OUTER,
        LEFT_SEMI,
        LEFT_ANTI
    }

    /**
     * A join by equal columns and a further condition.
     *
     * @param leftKeys expressions over the left, equal in number to {@code rightKeys} over the right; null meets nothing
     * @param condition over the columns of left and right together; null for none
     */
    record Join(
            QueryPlan left,
            QueryPlan right,
            JoinType type,
            List<Expression> leftKeys,
            List<Expression> rightKeys,
            @Nullable Expression condition,
            Schema schema)
            implements QueryPlan {
        public Join {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
        }

        @Override
        public List<QueryPlan> inputs() {
            return List.of(left, right);
        }
    }

    /** All rows of several inputs of the same types. */
    record Union(List<QueryPlan> inputs, Schema schema) implements QueryPlan {
        public Union {
            inputs = List.copyOf(inputs);
        }
    }

    /** One column to sort by. */
    record Order(Expression key, boolean descending, boolean nullsFirst) {}

    /** All rows in order. */
    record Sort(QueryPlan input, List<Order> orders) implements Unary {
        public Sort {
            orders = List.copyOf(orders);
        }

        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    /** The first rows, after some are left out. */
    record Limit(QueryPlan input, long offset, long count) implements Unary {
        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    /** How rows in order are ranked, from 1. */
    enum Ranking {
        /** Each row one more than the row before it. */
        ROW_NUMBER,
        /** Equal rows the same, which is one more than how many rows are before them. */
        RANK,
        /** Equal rows the same, which is one more than how many different rows are before them. */
        DENSE_RANK
    }

    /**
     * Window functions that rank: the best rows of each group, as {@code RANK() OVER (PARTITION BY … ORDER BY …) <= n} asks for.
     *
     * @param count the greatest rank of a row that comes out
     * @param rankColumn whether the rank comes out as a last column
     */
    record TopN(
            QueryPlan input,
            List<Integer> keys,
            List<Order> orders,
            Ranking ranking,
            long count,
            boolean rankColumn,
            Schema schema)
            implements Unary {
        public TopN {
            keys = List.copyOf(keys);
            orders = List.copyOf(orders);
        }
    }

    /**
     * Functions of a row and the others of its partition: a further column for each. Rows come out by partition, each in order.
     *
     * @param keys the places of the columns that make a partition
     */
    record Window(QueryPlan input, List<Integer> keys, List<Order> orders, List<WindowCall> calls, Schema schema)
            implements Unary {
        public Window {
            keys = List.copyOf(keys);
            orders = List.copyOf(orders);
            calls = List.copyOf(calls);
        }
    }

    /**
     * The same rows; aggregates over those of a batch are reported with the batch.
     *
     * @param name under which they are reported
     * @param metrics the aggregation, of rows with the columns of {@code input} that are its only scan
     * @param heard is told the metrics of finished data
     */
    record Observe(QueryPlan input, String name, QueryPlan metrics, Consumer<Row> heard) implements Unary {
        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    /** A function with state of its own, as {@code transformWithState}. */
    record Stateful(QueryPlan input, List<Integer> keys, StatefulFunction function, Schema schema) implements Unary {
        public Stateful {
            keys = List.copyOf(keys);
        }
    }

    /**
     * The rows of an input, in a plan that is only looked at: what gives them Spark does not do on a stream.
     *
     * @param message what Spark says
     */
    record Refused(QueryPlan input, String message) implements Unary {
        @Override
        public Schema schema() {
            return input.schema();
        }
    }
}
