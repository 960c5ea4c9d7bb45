// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes plans and expressions for people. */
public final class PlanText {

    private static final Set<String> INFIX =
            Set.of("+", "-", "*", "/", "%", "=", "<>", "<", "<=", ">", ">=", "<=>", "||", "div");

    private PlanText() {}

    /** A plan as a tree: each step on a line, its inputs below it. */
    public static String of(QueryPlan plan) {
        StringBuilder out = new StringBuilder();
        write(plan, 0, out);
        return out.toString();
    }

    private static void write(QueryPlan plan, int depth, StringBuilder out) {
        out.append("   ".repeat(Math.max(0, depth - 1)))
                .append(depth == 0 ? "" : "+- ")
                .append(line(plan))
                .append('\n');
        plan.inputs().forEach(input -> write(input, depth + 1, out));
    }

    private static String line(QueryPlan plan) {
        if (plan instanceof QueryPlan.Scan scan) {
            return (scan.streaming() ? "StreamScan " : "Scan ") + scan.id() + " [" + scan.schema() + "]";
        }
        if (plan instanceof QueryPlan.Values values) {
            return "Values " + values.rows().size() + " rows [" + values.schema() + "]";
        }
        if (plan instanceof QueryPlan.Project project) {
            return "Project " + columns(project);
        }
        if (plan instanceof QueryPlan.Filter filter) {
            return "Filter " + expression(filter.condition());
        }
        if (plan instanceof QueryPlan.Generate generate) {
            return "Generate " + (generate.inline() ? "inline" : generate.position() ? "posexplode" : "explode")
                    + (generate.outer() ? "_outer(" : "(") + expression(generate.collection()) + ")";
        }
        if (plan instanceof QueryPlan.Watermark watermark) {
            return "Watermark " + watermark.node() + ": "
                    + watermark.schema().field(watermark.column()).name() + " - " + micros(watermark.delayMicros());
        }
        if (plan instanceof QueryPlan.TimeWindow window) {
            return "TimeWindow " + expression(window.time()) + ", width " + micros(window.widthMicros()) + ", slide "
                    + micros(window.slideMicros()) + ", start " + micros(window.startMicros());
        }
        return stateful(plan);
    }

    private static String stateful(QueryPlan plan) {
        if (plan instanceof QueryPlan.Aggregate aggregate) {
            return "Aggregate keys " + names(aggregate.input(), aggregate.keys()) + ", " + calls(aggregate.calls());
        }
        if (plan instanceof QueryPlan.SessionAggregate session) {
            return "SessionAggregate keys " + names(session.input(), session.keys()) + ", session of "
                    + expression(session.time()) + " with gap " + expression(session.gap()) + ", "
                    + calls(session.calls());
        }
        if (plan instanceof QueryPlan.Deduplicate deduplicate) {
            return "Deduplicate " + names(deduplicate.input(), deduplicate.columns())
                    + (deduplicate.withinWatermark() ? " within watermark" : "");
        }
        if (plan instanceof QueryPlan.Join join) {
            return "Join " + join.type() + ", left keys " + expressions(join.leftKeys()) + ", right keys "
                    + expressions(join.rightKeys())
                    + (join.condition() == null ? "" : ", condition " + expression(join.condition()));
        }
        if (plan instanceof QueryPlan.Union) {
            return "Union";
        }
        if (plan instanceof QueryPlan.Sort sort) {
            return "Sort " + orders(sort.orders());
        }
        if (plan instanceof QueryPlan.Refused refused) {
            return "Refused on a stream: " + refused.message();
        }
        if (plan instanceof QueryPlan.Limit limit) {
            return "Limit " + limit.count() + (limit.offset() == 0 ? "" : " after " + limit.offset());
        }
        if (plan instanceof QueryPlan.TopN top) {
            String ranking = top.ranking() == QueryPlan.Ranking.ROW_NUMBER
                    ? ""
                    : " of " + top.ranking().name().toLowerCase(java.util.Locale.ROOT);
            return "TopN " + (top.count() == Long.MAX_VALUE ? "all" : top.count()) + ranking + " by "
                    + names(top.input(), top.keys()) + " in order " + orders(top.orders());
        }
        if (plan instanceof QueryPlan.Window window) {
            return "Window "
                    + window.schema().fields().stream()
                            .skip(window.input().schema().size())
                            .map(Field::name)
                            .collect(Collectors.joining(", ", "[", "]"))
                    + " by " + names(window.input(), window.keys()) + " in order " + orders(window.orders());
        }
        if (plan instanceof QueryPlan.Observe observe) {
            return "Observe " + observe.name() + " " + observe.metrics().schema();
        }
        QueryPlan.Stateful stateful = (QueryPlan.Stateful) plan;
        return "Stateful " + stateful.function().name() + " keys " + names(stateful.input(), stateful.keys());
    }

    private static String columns(QueryPlan.Project project) {
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < project.columns().size(); i++) {
            String text = expression(project.columns().get(i));
            Field field = project.schema().field(i);
            out.append(i == 0 ? "" : ", ").append(text).append(text.equals(field.name()) ? "" : " AS " + field.name());
        }
        return out.append(']').toString();
    }

    private static String names(QueryPlan input, List<Integer> columns) {
        return columns.stream()
                .map(column -> input.schema().field(column).name())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String orders(List<QueryPlan.Order> orders) {
        return orders.stream()
                .map(order -> expression(order.key())
                        + (order.descending() ? " DESC" : " ASC")
                        + (order.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String expressions(List<? extends Expression> expressions) {
        return expressions.stream().map(PlanText::expression).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Aggregates. */
    public static String calls(List<AggregateCall> calls) {
        return calls.stream()
                .map(call -> call.function().name() + "("
                        + (call.distinct() ? "DISTINCT " : "")
                        + call.arguments().stream().map(PlanText::expression).collect(Collectors.joining(", "))
                        + ")"
                        + (call.filter() == null ? "" : " FILTER (WHERE " + expression(call.filter()) + ")")
                        + " AS " + call.name())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** An expression. */
    public static String expression(Expression expression) {
        if (expression instanceof Expression.Reference reference) {
            return reference.name();
        }
        if (expression instanceof Expression.Literal literal) {
            return literal(literal);
        }
        if (expression instanceof Expression.Call call) {
            List<String> arguments =
                    call.arguments().stream().map(PlanText::expression).toList();
            return arguments.size() == 2 && INFIX.contains(call.function().name())
                    ? "(" + arguments.get(0) + " " + call.function().name() + " " + arguments.get(1) + ")"
                    : call.function().name() + "(" + String.join(", ", arguments) + ")";
        }
        if (expression instanceof Expression.Cast cast) {
            return (cast.attempt() ? "try_cast(" : "cast(") + expression(cast.input()) + " AS "
                    + cast.type().sql() + ")";
        }
        if (expression instanceof Expression.Case cases) {
            return cases.branches().stream()
                            .map(branch ->
                                    " WHEN " + expression(branch.condition()) + " THEN " + expression(branch.result()))
                            .collect(Collectors.joining("", "CASE", ""))
                    + (cases.otherwise() == null ? "" : " ELSE " + expression(cases.otherwise()))
                    + " END";
        }
        if (expression instanceof Expression.Logic logic) {
            return logic.conditions().stream()
                    .map(PlanText::expression)
                    .collect(Collectors.joining(logic.all() ? " AND " : " OR ", "(", ")"));
        }
        if (expression instanceof Expression.IsNull isNull) {
            return "(" + expression(isNull.input()) + " IS NULL)";
        }
        if (expression instanceof Expression.FieldOf field) {
            String name = field.struct().type() instanceof io.millrace.table.type.StructType struct
                    ? struct.fields().get(field.index()).name()
                    : String.valueOf(field.index());
            return expression(field.struct()) + "." + name;
        }
        if (expression instanceof Expression.Variable variable) {
            return variable.name();
        }
        if (expression instanceof Expression.Lambda lambda) {
            return lambda.parameters().stream()
                            .map(Expression.Variable::name)
                            .collect(Collectors.joining(", ", "(", ") -> "))
                    + expression(lambda.body());
        }
        return "struct"
                + ((Expression.MakeStruct) expression)
                        .fields().stream().map(PlanText::expression).collect(Collectors.joining(", ", "(", ")"));
    }

    /** A constant. */
    public static String literal(Expression.Literal literal) {
        Object value = literal.value();
        if (value == null) {
            return "NULL";
        }
        if (literal.type() == AtomicType.STRING) {
            return "'" + value + "'";
        }
        if (literal.type() == AtomicType.DAY_TIME_INTERVAL) {
            return micros((Long) value);
        }
        if (literal.type() == AtomicType.TIMESTAMP) {
            return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString();
        }
        if (literal.type() == AtomicType.DATE) {
            return LocalDate.ofEpochDay((Integer) value).toString();
        }
        return String.valueOf(value);
    }

    private static String micros(long micros) {
        if (micros % 1_000_000 == 0) {
            return micros / 1_000_000 + " s";
        }
        return micros % 1_000 == 0 ? micros / 1_000 + " ms" : micros + " us";
    }
}
