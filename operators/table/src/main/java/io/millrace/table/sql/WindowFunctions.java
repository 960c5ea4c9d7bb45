// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.AggregateFunction;
import io.millrace.table.expression.BoundAggregate;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.WindowCall;
import io.millrace.table.plan.WindowCall.Bound;
import io.millrace.table.plan.WindowCall.Frame;
import io.millrace.table.plan.WindowCall.Function;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses how window functions are computed. */
final class WindowFunctions {

    private static final Map<String, Function> PLACES = Map.of(
            "row_number", Function.ROW_NUMBER,
            "rank", Function.RANK,
            "dense_rank", Function.DENSE_RANK,
            "percent_rank", Function.PERCENT_RANK,
            "cume_dist", Function.CUME_DIST,
            "ntile", Function.NTILE);

    /** Besides numbers, the types of which values have a distance. */
    private static final Set<DataType> TIMES =
            Set.of(AtomicType.DATE, AtomicType.TIMESTAMP, AtomicType.DAY_TIME_INTERVAL, AtomicType.YEAR_MONTH_INTERVAL);

    private static final Set<String> NEIGHBOURS = Set.of("lag", "lead");

    private static final Set<String> FIRST = Set.of("first", "first_value");

    private static final Set<String> LAST = Set.of("last", "last_value");

    private final ExpressionResolver resolver;
    private final FunctionRegistry registry;

    WindowFunctions(ExpressionResolver resolver, FunctionRegistry registry) {
        this.resolver = resolver;
        this.registry = registry;
    }

    /**
     * A window function over its window.
     *
     * @param call how it is computed
     */
    record Windowed(
            List<Expression> partitions,
            List<QueryPlan.Order> orders,
            WindowCall call,
            String name,
            DataType type,
            boolean nullable) {

        /** Whether two are over the same rows in the same order. */
        boolean isWith(Windowed other) {
            if (partitions.size() != other.partitions.size() || orders.size() != other.orders.size()) {
                return false;
            }
            for (int i = 0; i < partitions.size(); i++) {
                if (!Expressions.same(partitions.get(i), other.partitions.get(i))) {
                    return false;
                }
            }
            for (int i = 0; i < orders.size(); i++) {
                QueryPlan.Order mine = orders.get(i);
                QueryPlan.Order theirs = other.orders.get(i);
                if (!Expressions.same(mine.key(), theirs.key())
                        || mine.descending() != theirs.descending()
                        || mine.nullsFirst() != theirs.nullsFirst()) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether the frame of a function is what it is, and cannot be chosen. */
    static boolean hasFrame(String function) {
        return PLACES.containsKey(function) || NEIGHBOURS.contains(function);
    }

    Windowed resolve(Ast.Over over) {
        if (!(over.function() instanceof Ast.Call call)) {
            throw Asts.error(
                    "UNSUPPORTED_EXPR_FOR_WINDOW",
                    "Expression " + SqlText.name(over.function()) + " not supported within a window function",
                    over.position());
        }
        List<Expression> partitions = resolver.resolve(over.partitions());
        List<QueryPlan.Order> orders = new ArrayList<>();
        for (Ast.SortKey key : over.orders()) {
            orders.add(ExpressionResolver.order(resolver.resolve(key.input()), key));
        }
        String name = call.name();
        Function place = PLACES.get(name);
        if (hasFrame(name)) {
            if (orders.isEmpty()) {
                throw Asts.error(
                        "WINDOW_FUNCTION_WITHOUT_ORDER", name + "() needs an ORDER BY in its window", over.position());
            }
            if (over.frame() != null && !isUsual(name, over.frame())) {
                throw Asts.error(
                        "WINDOW_FUNCTION_AND_FRAME_MISMATCH",
                        "`" + name + "` function has a frame of its own, so none can be given",
                        over.position());
            }
        }
        if (call.distinct()) {
            throw Asts.error(
                    "DISTINCT_WINDOW_FUNCTION_UNSUPPORTED",
                    "Distinct window functions are not supported: " + SqlText.name(call),
                    over.position());
        }
        if (place != null) {
            return place(over, call, place, partitions, orders);
        }
        if (NEIGHBOURS.contains(name)) {
            return neighbour(over, call, partitions, orders);
        }
        Frame frame = frame(over, orders);
        if (FIRST.contains(name) || LAST.contains(name) || name.equals("nth_value")) {
            return value(over, call, partitions, orders, frame);
        }
        return aggregate(over, call, partitions, orders, frame);
    }

    private static boolean isUsual(String name, Ast.Frame frame) {
        return !NEIGHBOURS.contains(name)
                && frame.rows()
                && frame.lower().equals(new Ast.Bound(-1, null))
                && frame.upper().equals(new Ast.Bound(0, null));
    }

    private Windowed place(
            Ast.Over over,
            Ast.Call call,
            Function function,
            List<Expression> partitions,
            List<QueryPlan.Order> orders) {
        boolean tiles = function == Function.NTILE;
        count(call, 0, tiles ? 1 : 0);
        long number = call.arguments().isEmpty() ? 1 : number(call, 0);
        if (number < 1) {
            throw Asts.error(
                    "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                    "The number of ntile must be from 1 to 2147483647, but is " + number,
                    over.position());
        }
        boolean share = function == Function.PERCENT_RANK || function == Function.CUME_DIST;
        WindowCall made = new WindowCall(function, List.of(), number, false, null, Frame.WHOLE);
        return new Windowed(partitions, orders, made, call.name(), share ? AtomicType.DOUBLE : AtomicType.INT, false);
    }

    private Windowed neighbour(
            Ast.Over over, Ast.Call call, List<Expression> partitions, List<QueryPlan.Order> orders) {
        count(call, 1, 3);
        Expression value = resolver.resolve(call.arguments().get(0));
        long offset = call.arguments().size() < 2 ? 1 : number(call, 1);
        List<Expression> arguments = new ArrayList<>(List.of(value));
        boolean nullable = true;
        if (call.arguments().size() > 2) {
            Expression otherwise = resolver.resolve(call.arguments().get(2));
            if (!otherwise.type().equals(AtomicType.NULL)) {
                arguments.add(Coerced.cast(otherwise, value.type()));
                nullable = value.nullable() || otherwise.nullable();
            }
        }
        WindowCall made = new WindowCall(
                Function.LAG,
                arguments,
                call.name().equals("lag") ? offset : -offset,
                over.ignoreNulls(),
                null,
                Frame.WHOLE);
        return new Windowed(partitions, orders, made, call.name(), value.type(), nullable);
    }

    private Windowed value(
            Ast.Over over, Ast.Call call, List<Expression> partitions, List<QueryPlan.Order> orders, Frame frame) {
        boolean nth = call.name().equals("nth_value");
        count(call, nth ? 2 : 1, 2);
        Expression value = resolver.resolve(call.arguments().get(0));
        boolean ignoreNulls = over.ignoreNulls()
                || (!nth
                        && call.arguments().size() > 1
                        && call.arguments().get(1) instanceof Ast.Constant flag
                        && Boolean.TRUE.equals(flag.value()));
        long number = nth ? number(call, 1) : 1;
        if (number < 1) {
            throw Asts.error(
                    "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                    "The offset of nth_value must be from 1 to 2147483647, but is " + number,
                    over.position());
        }
        Function function = LAST.contains(call.name()) ? Function.LAST : Function.NTH;
        WindowCall made = new WindowCall(function, List.of(value), number, ignoreNulls, null, frame);
        return new Windowed(partitions, orders, made, call.name(), value.type(), true);
    }

    private Windowed aggregate(
            Ast.Over over, Ast.Call call, List<Expression> partitions, List<QueryPlan.Order> orders, Frame frame) {
        AggregateFunction function = registry.aggregate(call.name())
                .orElseThrow(() -> Asts.error(
                        registry.scalar(call.name()).isPresent() ? "UNSUPPORTED_EXPR_FOR_WINDOW" : "UNRESOLVED_ROUTINE",
                        "`" + call.name() + "` is no window function and no aggregate function",
                        over.position()));
        boolean ordered = call.arguments().stream().anyMatch(Ast.SortKey.class::isInstance);
        if (ordered && (!orders.isEmpty() || over.frame() != null)) {
            throw Asts.error(
                    "INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC",
                    "ORDER BY or a frame is not possible in the window of " + SqlText.name(call),
                    over.position());
        }
        AggregateCall aggregate = AggregateBinding.bind(resolver, call, function, over.ignoreNulls());
        BoundAggregate bound = aggregate.function();
        WindowCall made = new WindowCall(Function.AGGREGATE, List.of(), 1, false, aggregate, frame);
        return new Windowed(partitions, orders, made, call.name(), bound.type(), bound.nullable());
    }

    private static void count(Ast.Call call, int least, int most) {
        int actual = call.arguments().size();
        if (actual < least || actual > most) {
            throw Asts.error(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "The `" + call.name() + "` requires " + (least == most ? "" : least + " to ") + most
                            + " parameters but the actual number is " + actual,
                    call.position());
        }
    }

    /** A whole number that is known before there are rows. */
    private static long number(Ast.Call call, int argument) {
        Long number = constant(call.arguments().get(argument));
        if (number == null || number > Integer.MAX_VALUE || number < Integer.MIN_VALUE) {
            throw Asts.error(
                    "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
                    "The input of `" + call.name() + "` should be a constant int, but it's "
                            + SqlText.name(call.arguments().get(argument)),
                    call.position());
        }
        return number;
    }

    private static @Nullable Long constant(Ast ast) {
        if (ast instanceof Ast.Call minus && minus.name().equals("unary-")) {
            Long positive = constant(minus.arguments().get(0));
            return positive == null ? null : Long.valueOf(-positive);
        }
        return ast instanceof Ast.Constant constant
                        && (constant.value() instanceof Integer || constant.value() instanceof Long)
                ? Long.valueOf(((Number) constant.value()).longValue())
                : null;
    }

    private Frame frame(Ast.Over over, List<QueryPlan.Order> orders) {
        Ast.Frame written = over.frame();
        if (written == null) {
            return orders.isEmpty() ? Frame.WHOLE : new Frame(false, Bound.UNBOUNDED, Bound.CURRENT);
        }
        boolean distances = !written.rows()
                && (written.lower().offset() != null || written.upper().offset() != null);
        if (!written.rows() && orders.isEmpty() && !isWhole(written)) {
            throw mismatch("RANGE_FRAME_WITHOUT_ORDER", "A range frame needs an ORDER BY in its window", over);
        }
        if (distances && orders.size() != 1) {
            throw mismatch(
                    "RANGE_FRAME_MULTI_ORDER",
                    "A range frame with distances needs one column in ORDER BY, but there are " + orders.size(),
                    over);
        }
        if (written.lower().equals(new Ast.Bound(1, null)) || written.upper().equals(new Ast.Bound(-1, null))) {
            throw mismatch(
                    "SPECIFIED_WINDOW_FRAME_INVALID_BOUND",
                    "A frame begins before it ends: not at UNBOUNDED FOLLOWING, nor ends at UNBOUNDED PRECEDING",
                    over);
        }
        Frame frame = new Frame(
                written.rows(),
                bound(written.lower(), written.rows(), orders, over),
                bound(written.upper(), written.rows(), orders, over));
        if (frame.rows()
                && !frame.lower().unbounded()
                && !frame.upper().unbounded()
                && frame.lower().rows() > frame.upper().rows()) {
            throw mismatch("SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON", "A frame must begin before it ends", over);
        }
        return frame;
    }

    private static boolean isWhole(Ast.Frame frame) {
        return frame.lower().direction() < 0
                && frame.lower().offset() == null
                && frame.upper().direction() > 0
                && frame.upper().offset() == null;
    }

    private Bound bound(Ast.Bound written, boolean rows, List<QueryPlan.Order> orders, Ast.Over over) {
        Ast offset = written.offset();
        if (written.direction() == 0) {
            return Bound.CURRENT;
        }
        if (offset == null) {
            return Bound.UNBOUNDED;
        }
        if (rows) {
            Long count = constant(offset);
            if (count == null) {
                throw mismatch(
                        "SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
                        "A frame of rows needs whole numbers, not " + SqlText.name(offset),
                        over);
            }
            return new Bound(false, written.direction() * count, null);
        }
        QueryPlan.Order order = orders.get(0);
        boolean before = written.direction() < 0 != order.descending();
        Expression value;
        try {
            if (!hasDistance(order.key().type())) {
                throw new AnalysisException("DATATYPE_MISMATCH", "there is no distance");
            }
            value = resolver.function(before ? "-" : "+", List.of(order.key(), resolver.resolve(offset)));
        } catch (AnalysisException e) {
            throw mismatch(
                    "RANGE_FRAME_INVALID_TYPE",
                    "The type " + order.key().type().sql() + " of the order and the distance " + SqlText.name(offset)
                            + " of the frame do not fit",
                    over);
        }
        return new Bound(false, 0, Coerced.cast(value, order.key().type()));
    }

    private static boolean hasDistance(DataType type) {
        return TIMES.contains(type)
                || ImplicitCasts.isWhole(type)
                || type instanceof DecimalType
                || type == AtomicType.FLOAT
                || type == AtomicType.DOUBLE;
    }

    private static AnalysisException mismatch(String condition, String message, Ast.Over over) {
        return Asts.error("DATATYPE_MISMATCH." + condition, message, over.position());
    }
}
