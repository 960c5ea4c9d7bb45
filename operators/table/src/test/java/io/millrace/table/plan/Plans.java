// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans and expressions of which only the shape matters: their functions have no method that could run. */
public final class Plans {

    /** The delay of the watermarks of {@link #stream}. */
    public static final long DELAY = 10_000_000;

    private Plans() {}

    /** A stream {@code k string, t timestamp, v int} with a watermark on {@code t}. */
    public static QueryPlan stream(String id, int node) {
        QueryPlan.Scan scan = scan(id);
        List<Field> fields = new ArrayList<>(scan.schema().fields());
        fields.set(1, new Field("t", AtomicType.TIMESTAMP, true, true));
        return new QueryPlan.Watermark(scan, node, 1, DELAY, new Schema(fields));
    }

    /** The same without a watermark. */
    public static QueryPlan.Scan scan(String id) {
        return new QueryPlan.Scan(
                id,
                true,
                new Schema(List.of(
                        Field.of("k", AtomicType.STRING),
                        Field.of("t", AtomicType.TIMESTAMP),
                        Field.of("v", AtomicType.INT))));
    }

    /** A join of two of these on the columns at some places, left first. */
    public static QueryPlan.Join join(
            QueryPlan left,
            QueryPlan right,
            QueryPlan.JoinType type,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            @Nullable Expression condition) {
        List<Field> fields = new ArrayList<>(left.schema().fields());
        if (type != QueryPlan.JoinType.LEFT_SEMI && type != QueryPlan.JoinType.LEFT_ANTI) {
            fields.addAll(right.schema().fields());
        }
        return new QueryPlan.Join(
                left,
                right,
                type,
                leftKeys.stream().map(key -> reference(left, key)).toList(),
                rightKeys.stream().map(key -> reference(right, key)).toList(),
                condition,
                new Schema(fields));
    }

    /** A column of the left and right of {@link #stream} together: k, t, v, k, t, v. */
    public static Expression column(int place) {
        DataType[] types = {AtomicType.STRING, AtomicType.TIMESTAMP, AtomicType.INT};
        return new Expression.Reference(place, types[place % 3], true, "c" + place);
    }

    /** Seconds as an interval. */
    public static Expression seconds(double seconds) {
        return new Expression.Literal(Math.round(seconds * 1e6), AtomicType.DAY_TIME_INTERVAL);
    }

    /** A call of a strict function; of type timestamp if it adds or subtracts, else boolean. */
    public static Expression call(String name, Expression... arguments) {
        DataType type = name.equals("+") || name.equals("-") ? AtomicType.TIMESTAMP : AtomicType.BOOLEAN;
        List<DataType> parameters =
                Arrays.stream(arguments).map(Expression::type).toList();
        BoundFunction function = new BoundFunction(
                name, parameters, type, true, false, null, Object.class.getMethods()[0]);
        return new Expression.Call(function, List.of(arguments));
    }

    /** All of some conditions. */
    public static Expression and(Expression... conditions) {
        return new Expression.Logic(true, List.of(conditions));
    }

    private static Expression reference(QueryPlan plan, int place) {
        Field field = plan.schema().field(place);
        return new Expression.Reference(place, field.type(), field.nullable(), field.name());
    }
}
