// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.BoundAggregate;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregates and expressions for plans that are written by hand. */
public final class TestAggregates {

    private TestAggregates() {}

    /** A sum; called by compiled code. */
    public static long add(long left, long right) {
        return Math.addExact(left, right);
    }

    /** Whether one is greater; called by compiled code. */
    public static boolean greater(long left, long right) {
        return left > right;
    }

    static Expression column(int index, DataType type) {
        return new Expression.Reference(index, type, true, "c" + index);
    }

    static Expression literal(long value) {
        return new Expression.Literal(value, AtomicType.LONG);
    }

    static Expression plus(Expression left, Expression right) {
        return call("+", AtomicType.LONG, "add", left, right);
    }

    static Expression greater(Expression left, Expression right) {
        return call(">", AtomicType.BOOLEAN, "greater", left, right);
    }

    private static Expression call(String name, DataType type, String method, Expression left, Expression right) {
        try {
            return new Expression.Call(
                    new BoundFunction(
                            name,
                            List.of(AtomicType.LONG, AtomicType.LONG),
                            type,
                            true,
                            false,
                            null,
                            TestAggregates.class.getMethod(method, long.class, long.class)),
                    List.of(left, right));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    /** {@code count(*)}. */
    static AggregateCall count(String name) {
        return count(name, null);
    }

    /** {@code count(*) FILTER (WHERE …)}. */
    static AggregateCall count(String name, @Nullable Expression filter) {
        BoundAggregate count = new BoundAggregate(
                "count",
                List.of(),
                List.of(AtomicType.LONG),
                List.of(new Expression.Literal(0L, AtomicType.LONG)),
                List.of(plus(buffer(0), literal(1))),
                List.of(plus(buffer(0), buffer(1))),
                null,
                buffer(0),
                AtomicType.LONG,
                false);
        return new AggregateCall(count, List.of(), false, filter, name);
    }

    /** {@code sum} of longs; null of none. */
    static AggregateCall sum(String name, Expression argument) {
        return new AggregateCall(sumOf(), List.of(argument), false, null, name);
    }

    /** {@code sum(DISTINCT …)} of longs. */
    static AggregateCall distinctSum(String name, Expression argument) {
        return new AggregateCall(sumOf(), List.of(argument), true, null, name);
    }

    private static BoundAggregate sumOf() {
        return new BoundAggregate(
                "sum",
                List.of(AtomicType.LONG),
                List.of(AtomicType.LONG),
                List.of(new Expression.Literal(null, AtomicType.LONG)),
                List.of(sumOrOther(buffer(0), buffer(1))),
                List.of(sumOrOther(buffer(0), buffer(1))),
                null,
                buffer(0),
                AtomicType.LONG,
                true);
    }

    private static Expression sumOrOther(Expression left, Expression right) {
        return new Expression.Case(
                List.of(
                        new Expression.Branch(new Expression.IsNull(left), right),
                        new Expression.Branch(new Expression.IsNull(right), left)),
                plus(left, right),
                AtomicType.LONG);
    }

    private static Expression buffer(int index) {
        return new Expression.Reference(index, AtomicType.LONG, true, "b" + index);
    }
}
