// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import static io.millrace.table.plan.Plans.call;
import static io.millrace.table.plan.Plans.column;
import static io.millrace.table.plan.Plans.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.Utf8;
import io.millrace.table.data.ValueHash;
import io.millrace.table.execution.GroupKey;
import io.millrace.table.execution.RowCount;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.Eviction;
import io.millrace.table.plan.JoinTimes;
import io.millrace.table.plan.Plans;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A join of two streams {@code k string, t timestamp, v int} with equal {@code k} and a range of {@code t}, driven batch by batch. */
final class JoinDrive {

    /** A row; null for no key, and for no time. */
    record In(@Nullable String k, @Nullable Long t, int v) {}

    /** How far the right may be from the left, in microseconds. */
    record Range(long from, long to) {}

    private final QueryPlan.Join plan;
    private final JoinTimes times;
    private final TestState<GroupKey> state = new TestState<>();
    private final StreamJoin join;
    private final List<String> out = new ArrayList<>();

    JoinDrive(JoinType type, boolean leftWatermark, boolean rightWatermark, List<Integer> keys, @Nullable Range range) {
        QueryPlan left = leftWatermark ? Plans.stream("a", 0) : Plans.scan("a");
        QueryPlan right = rightWatermark ? Plans.stream("b", 1) : Plans.scan("b");
        Expression condition = range == null
                ? null
                : Plans.and(
                        call(">=", column(4), call("+", column(1), seconds(range.from / 1e6))),
                        call("<=", column(4), call("+", column(1), seconds(range.to / 1e6))));
        plan = Plans.join(left, right, type, keys, keys, condition);
        times = JoinTimes.of(plan);
        StreamJoin.Shape shape = new StreamJoin.Shape(
                type,
                side(
                        left,
                        keys,
                        type == JoinType.LEFT_OUTER || type == JoinType.FULL_OUTER || type == JoinType.LEFT_ANTI,
                        times.lateLeft(),
                        times.left()),
                side(
                        right,
                        keys,
                        type == JoinType.RIGHT_OUTER || type == JoinType.FULL_OUTER,
                        times.lateRight(),
                        times.right()),
                plan.schema(),
                range == null ? PairCondition.ANY : JoinDrive.inRange(range));
        join = new StreamJoin(shape, state, this::collect);
    }

    JoinTimes times() {
        return times;
    }

    /** What comes out of a batch, sorted. */
    List<String> batch(List<In> left, List<In> right, long lateMicros, long evictMicros) {
        ColumnBatch one = rows(plan.left().schema(), left);
        ColumnBatch other = rows(plan.right().schema(), right);
        out.clear();
        join.batch(one, hashes(one), other, hashes(other), lateMicros, evictMicros);
        long rows = IntStream.range(0, state.bound())
                .filter(entry -> RowCount.isRows(state, entry))
                .mapToLong(entry -> WaitingRows.count((byte[]) state.value(entry)))
                .sum();
        assertThat(join.waiting()).isEqualTo(rows);
        return out.stream().sorted().toList();
    }

    long dropped() {
        return join.dropped();
    }

    long waiting() {
        return join.waiting();
    }

    private static JoinSide side(QueryPlan plan, List<Integer> keys, boolean kept, int late, Eviction eviction) {
        int[] places = keys.stream().mapToInt(key -> key).toArray();
        List<DataType> types =
                keys.stream().map(key -> plan.schema().field(key).type()).toList();
        return new JoinSide(plan.schema(), places, types, kept, late, eviction, null);
    }

    private int[] hashes(ColumnBatch rows) {
        return ValueHash.hashes(
                rows,
                plan.leftKeys().stream()
                        .mapToInt(key -> ((Expression.Reference) key).index())
                        .toArray());
    }

    private static PairCondition inRange(Range range) {
        return (left, right) -> (leftRow, rightRow) -> {
            Object from = left.column(1).get(leftRow);
            Object to = right.column(1).get(rightRow);
            return from != null
                    && to != null
                    && (Long) to - (Long) from >= range.from
                    && (Long) to - (Long) from <= range.to;
        };
    }

    private static ColumnBatch rows(Schema schema, List<In> rows) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(schema);
        for (In row : rows) {
            builder.append(new @Nullable Object[] {row.k == null ? null : Utf8.of(row.k), row.t, row.v});
        }
        return builder.build();
    }

    private void collect(ColumnBatch rows) {
        for (int row = 0; row < rows.rows(); row++) {
            out.add(Arrays.toString(rows.row(row)));
        }
    }
}
