// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a condition says of two times, as {@code R.ts <= L.ts + INTERVAL 5 SECONDS} does: {@code earlier + offset < later}, or {@code <=}.
 *
 * @param earlier the place of a timestamp among the columns of both sides
 * @param later the place of another
 * @param offsetMicros what is added to the earlier
 * @param orEqual whether they may be equal
 */
record TimeBound(int earlier, int later, long offsetMicros, boolean orEqual) {

    private static final long MICROS_PER_SECOND = 1_000_000;

    /** The bounds in a condition: of the parts that must all be true, those of this form. */
    static List<TimeBound> in(@Nullable Expression condition) {
        List<TimeBound> bounds = new ArrayList<>();
        collect(condition, bounds);
        return bounds;
    }

    private static void collect(@Nullable Expression condition, List<TimeBound> bounds) {
        if (condition instanceof Expression.Logic logic && logic.all()) {
            logic.conditions().forEach(part -> collect(part, bounds));
        } else if (condition instanceof Expression.Call call && call.arguments().size() == 2) {
            of(call).ifPresent(bounds::add);
            if (call.function().name().equals("=")) {
                less(call.arguments().get(0), call.arguments().get(1), true).ifPresent(bounds::add);
                less(call.arguments().get(1), call.arguments().get(0), true).ifPresent(bounds::add);
            }
        }
    }

    private static Optional<TimeBound> of(Expression.Call call) {
        Expression first = call.arguments().get(0);
        Expression second = call.arguments().get(1);
        return switch (call.function().name()) {
            case "<" -> less(first, second, false);
            case "<=" -> less(first, second, true);
            case ">" -> less(second, first, false);
            case ">=" -> less(second, first, true);
            default -> Optional.empty();
        };
    }

    private static Optional<TimeBound> less(Expression less, Expression more, boolean orEqual) {
        Terms terms = new Terms();
        terms.add(less, false);
        terms.add(more, true);
        return terms.bound(orEqual);
    }

    /** The terms of a difference: at most one time on each side, and constants. */
    private static final class Terms {
        private final List<Integer> positive = new ArrayList<>();
        private final List<Integer> negative = new ArrayList<>();
        private long constant;
        private long slack;
        private boolean unknown;

        void add(Expression term, boolean minus) {
            if (term instanceof Expression.Reference reference && reference.type() == AtomicType.TIMESTAMP) {
                (minus ? negative : positive).add(reference.index());
            } else if (term instanceof Expression.Literal literal) {
                addConstant(literal, minus);
            } else if (term instanceof Expression.Cast cast) {
                addCast(cast, minus);
            } else if (term instanceof Expression.Call call) {
                addCall(call, minus);
            } else {
                unknown = true;
            }
        }

        private void addCall(Expression.Call call, boolean minus) {
            List<Expression> arguments = call.arguments();
            String name = call.function().name();
            if (arguments.size() == 2 && (name.equals("+") || name.equals("-"))) {
                add(arguments.get(0), minus);
                add(arguments.get(1), name.equals("-") != minus);
            } else if (arguments.size() == 1 && name.equals("unary-")) {
                add(arguments.get(0), !minus);
            } else {
                unknown = true;
            }
        }

        private void addCast(Expression.Cast cast, boolean minus) {
            DataType from = cast.input().type();
            DataType to = cast.type();
            if (from == AtomicType.TIMESTAMP && isIntegral(to)) {
                slack += MICROS_PER_SECOND; // the fraction of the second is lost
            } else if (to != AtomicType.TIMESTAMP && !isNumber(to)) {
                unknown = true;
                return;
            }
            add(cast.input(), minus);
        }

        private void addConstant(Expression.Literal literal, boolean minus) {
            Object value = literal.value();
            if (value == null) {
                unknown = true;
                return;
            }
            long micros;
            if (literal.type() == AtomicType.DAY_TIME_INTERVAL || literal.type() == AtomicType.TIMESTAMP) {
                micros = (Long) value;
            } else if (isNumber(literal.type())) {
                micros = Math.round(((Number) value).doubleValue() * MICROS_PER_SECOND);
            } else {
                unknown = true;
                return;
            }
            constant += minus ? -micros : micros;
        }

        Optional<TimeBound> bound(boolean orEqual) {
            if (unknown || positive.size() != 1 || negative.size() != 1) {
                return Optional.empty();
            }
            return Optional.of(new TimeBound(positive.get(0), negative.get(0), constant - slack, orEqual));
        }

        private static boolean isIntegral(DataType type) {
            return type == AtomicType.LONG
                    || type == AtomicType.INT
                    || type == AtomicType.SHORT
                    || type == AtomicType.BYTE;
        }

        private static boolean isNumber(DataType type) {
            return isIntegral(type)
                    || type == AtomicType.FLOAT
                    || type == AtomicType.DOUBLE
                    || type instanceof DecimalType;
        }
    }
}
