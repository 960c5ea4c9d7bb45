// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.Expression;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A window function of a {@link QueryPlan.Window}.
 *
 * @param arguments of {@code LAG} the value and what stands for one that is not there; of {@code NTH} and {@code LAST} the value; otherwise empty
 * @param number of {@code NTILE} how many tiles, of {@code LAG} how many rows before (negative: behind), of {@code NTH} which row of the frame from 1
 * @param ignoreNulls rows without a value are not there
 * @param aggregate of {@code AGGREGATE} what is aggregated; otherwise null
 * @param frame the rows that {@code NTH}, {@code LAST} and {@code AGGREGATE} see
 */
public record WindowCall(
        Function function,
        List<Expression> arguments,
        long number,
        boolean ignoreNulls,
        @Nullable AggregateCall aggregate,
        Frame frame) {

    public WindowCall {
        arguments = List.copyOf(arguments);
    }

    /** What is computed of a row of its partition. */
    public enum Function {
        ROW_NUMBER,
        RANK,
        DENSE_RANK,
        PERCENT_RANK,
        CUME_DIST,
        NTILE,
        LAG,
        NTH,
        LAST,
        AGGREGATE
    }

    /**
     * Rows about the current one.
     *
     * @param rows whether bounds count rows; otherwise they go by the order, and rows that are equal in it are in the frame together
     */
    public record Frame(boolean rows, Bound lower, Bound upper) {

        /** All rows of the partition. */
        public static final Frame WHOLE = new Frame(true, Bound.UNBOUNDED, Bound.UNBOUNDED);

        /** Whether it is all rows of the partition. */
        public boolean isWhole() {
            return lower.unbounded() && upper.unbounded();
        }
    }

    /**
     * An end of a frame.
     *
     * @param unbounded whether it is the end of the partition
     * @param rows how many rows behind the current one; negative for before
     * @param value where it is in the order, computed from the current row; null for the current row or a number of rows
     */
    public record Bound(
            boolean unbounded, long rows, @Nullable Expression value) {

        /** The end of the partition. */
        public static final Bound UNBOUNDED = new Bound(true, 0, null);

        /** The current row. */
        public static final Bound CURRENT = new Bound(false, 0, null);

        private Bound map(UnaryOperator<Expression> change) {
            return value == null ? this : new Bound(unbounded, rows, change.apply(value));
        }
    }

    /** The same over other columns. */
    public WindowCall map(UnaryOperator<Expression> change) {
        AggregateCall changed = aggregate == null
                ? null
                : new AggregateCall(
                        aggregate.function(),
                        aggregate.arguments().stream().map(change).toList(),
                        aggregate.distinct(),
                        aggregate.filter() == null ? null : change.apply(aggregate.filter()),
                        aggregate.name());
        return new WindowCall(
                function,
                arguments.stream().map(change).toList(),
                number,
                ignoreNulls,
                changed,
                new Frame(frame.rows(), frame.lower().map(change), frame.upper().map(change)));
    }
}
