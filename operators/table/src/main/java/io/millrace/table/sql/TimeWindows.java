// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The windows of time that one select asks for: at most one, which becomes a column behind those of its input. */
final class TimeWindows {

    /** What a window is. */
    static final StructType TYPE = new StructType(List.of(
            new Field("start", AtomicType.TIMESTAMP, true, false),
            new Field("end", AtomicType.TIMESTAMP, true, false)));

    private final ExpressionResolver resolver;
    private final Relation input;
    private final boolean sessions;
    private Step.@Nullable TimeWindow window;
    private @Nullable Session session;

    /** A session: the time, and the gap as an interval. */
    record Session(Expression time, Expression gap, boolean eventTime) {}

    TimeWindows(ExpressionResolver resolver, Relation input, boolean sessions) {
        this.resolver = resolver;
        this.input = input;
        this.sessions = sessions;
    }

    Step.@Nullable TimeWindow window() {
        return window;
    }

    @Nullable
    Session session() {
        return session;
    }

    boolean handles(Ast.Call call) {
        return call.name().equals("window")
                || call.name().equals("session_window")
                || call.name().equals("window_time");
    }

    Expression resolve(Ast.Call call) {
        List<Ast> arguments = call.arguments();
        int most = call.name().equals("window") ? 4 : call.name().equals("window_time") ? 1 : 2;
        int least = Math.min(most, 2);
        if (arguments.size() < least || arguments.size() > most) {
            throw Asts.error(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "The `" + call.name() + "` requires " + (least == most ? "" + least : "[2, 3, 4]")
                            + " parameters but the actual number is " + arguments.size(),
                    call.position());
        }
        if (call.name().equals("window_time")) {
            Expression column = resolver.resolve(arguments.get(0));
            if (!column.type().equals(TYPE)) {
                throw Asts.error(
                        "_LEGACY_ERROR_TEMP_3070",
                        "window_time needs a column of a window, but " + SqlText.name(arguments.get(0)) + " is "
                                + column.type().sql(),
                        call.position());
            }
            return end(column);
        }
        return call.name().equals("window") ? window(call) : session(call);
    }

    private static Expression end(Expression window) {
        return new Expression.Call(
                WindowMethods.windowTime(),
                List.of(new Expression.FieldOf(window, 1, AtomicType.TIMESTAMP, window.nullable())));
    }

    private Expression time(Ast ast, String function) {
        Expression time = resolver.resolve(ast);
        if (time.type().equals(TYPE)) {
            return end(time);
        }
        if (time.type() != AtomicType.TIMESTAMP && time.type() != AtomicType.DATE && time.type() != AtomicType.STRING) {
            throw Asts.error(
                    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                    "`" + function + "` needs a timestamp or the column of a window, but " + SqlText.name(ast) + " is "
                            + time.type().sql(),
                    ast.position());
        }
        return Coerced.cast(time, AtomicType.TIMESTAMP);
    }

    private Expression window(Ast.Call call) {
        List<Ast> arguments = call.arguments();
        Expression time = time(arguments.get(0), "window");
        long width = length(arguments.get(1), call);
        long slide = arguments.size() > 2 ? length(arguments.get(2), call) : width;
        long start = arguments.size() > 3 ? length(arguments.get(3), call) : 0;
        positive(width, "width", call);
        positive(slide, "slide", call);
        require(
                slide <= width,
                "The slide of the window (" + slide + " µs) must be at most its width (" + width + " µs)",
                call);
        require(
                Math.abs(start) < slide,
                "The start of the window (" + start + " µs) must be less than its slide (" + slide + " µs)",
                call);
        boolean eventTime = Expressions.eventTime(time, input.schema());
        List<Field> fields = new ArrayList<>(input.schema().fields());
        fields.add(new Field("window", TYPE, false, eventTime));
        Step.TimeWindow asked = new Step.TimeWindow(time, width, slide, start, new Schema(fields));
        Step.TimeWindow known = window;
        if (session != null
                || (known != null
                        && !(Expressions.same(known.time(), time)
                                && known.width() == width
                                && known.slide() == slide
                                && known.start() == start))) {
            throw several(call);
        }
        window = asked;
        return new Expression.Reference(input.size(), TYPE, false, "window");
    }

    private Expression session(Ast.Call call) {
        Expression time = time(call.arguments().get(0), "session_window");
        Expression gap = gap(resolver.resolve(call.arguments().get(1)), call);
        Session known = session;
        if (window != null
                || (known != null && !(Expressions.same(known.time(), time) && Expressions.same(known.gap(), gap)))) {
            throw several(call);
        }
        session = new Session(time, gap, Expressions.eventTime(time, input.schema()));
        if (!sessions) {
            return new Expression.MakeStruct(List.of(time, sessionEnd()), TYPE);
        }
        return new Expression.Reference(ExpressionResolver.SESSION, TYPE, false, "session_window");
    }

    private Expression sessionEnd() {
        Session asked = java.util.Objects.requireNonNull(session);
        return resolver.function("+", List.of(asked.time(), asked.gap()));
    }

    /** Which rows have a session, where each is one of its own; null if none was asked for, or rows are grouped by it. */
    @Nullable
    Expression inSession() {
        return session == null || sessions ? null : resolver.function("<", List.of(session.time(), sessionEnd()));
    }

    private static Expression gap(Expression gap, Ast.Call call) {
        if (gap.type() == AtomicType.DAY_TIME_INTERVAL) {
            return gap;
        }
        if (gap.type() != AtomicType.STRING && gap.type() != AtomicType.NULL) {
            throw Asts.error(
                    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                    "The gap of session_window must be an interval or a string, but is "
                            + gap.type().sql(),
                    call.position());
        }
        DataType interval = AtomicType.DAY_TIME_INTERVAL;
        if (gap instanceof Expression.Literal literal) {
            Object value = literal.value();
            return new Expression.Literal(value == null ? null : Intervals.parse(value.toString()), interval);
        }
        if (gap instanceof Expression.Case cases) {
            // the words of the branches are read once, not for each row
            return new Expression.Case(
                    cases.branches().stream()
                            .map(branch -> new Expression.Branch(branch.condition(), gap(branch.result(), call)))
                            .toList(),
                    cases.otherwise() == null ? null : gap(cases.otherwise(), call),
                    interval);
        }
        return new Expression.Call(WindowMethods.gapOfText(), List.of(gap));
    }

    private long length(Ast ast, Ast.Call call) {
        if (resolver.resolve(ast) instanceof Expression.Literal literal && literal.value() != null) {
            if (literal.type() == AtomicType.STRING) {
                return Intervals.parse(literal.value().toString());
            }
            if (literal.value() instanceof Number number
                    && (literal.type() == AtomicType.DAY_TIME_INTERVAL || literal.type() == AtomicType.LONG)) {
                return number.longValue();
            }
        }
        throw Asts.error(
                "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
                "The lengths of `" + call.name() + "` must be constants, as '10 seconds', not " + SqlText.name(ast),
                ast.position());
    }

    private static void positive(long micros, String what, Ast.Call call) {
        if (micros <= 0) {
            throw Asts.error(
                    "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                    "The " + what + " of the window must be greater than 0, but is " + micros + " µs",
                    call.position());
        }
    }

    private static void require(boolean met, String message, Ast.Call call) {
        if (!met) {
            throw Asts.error("DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION", message, call.position());
        }
    }

    private static AnalysisException several(Ast.Call call) {
        return Asts.error(
                "_LEGACY_ERROR_TEMP_1039",
                "Multiple time/session window expressions would result in a cartesian product of rows, therefore they are currently not supported",
                call.position());
    }
}
