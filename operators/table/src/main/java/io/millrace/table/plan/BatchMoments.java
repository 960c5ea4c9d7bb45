// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.BatchMoment;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sees to it that only projections ask for the {@linkplain BatchMoment time of the batch}: below any other step that asks for it a projection gives it as a column, which goes again
 * above the step. A finished table within a query over streams is read once, when there is no batch, so conditions on it that ask for the time become
 * conditions of the join.
 */
public final class BatchMoments {

    private static final String NAME = "current_timestamp";

    private BatchMoments() {}

    /**
     * The same rows from a plan in which projections ask for the time.
     *
     * @throws io.millrace.table.AnalysisException if a finished table within a query over streams depends on the time
     */
    public static QueryPlan apply(QueryPlan plan) {
        return isAskedBelow(plan) ? rewritten(plan, isStreaming(plan)) : plan;
    }

    private static QueryPlan rewritten(QueryPlan plan, boolean streaming) {
        if (plan instanceof QueryPlan.Join join) {
            QueryPlan lifted = streaming ? JoinMoments.lifted(join) : join;
            QueryPlan step = lifted instanceof QueryPlan.Project above ? above.input() : lifted;
            QueryPlan given = JoinMoments.given(
                    (QueryPlan.Join) PlanRewrite.mapInputs(step, input -> rewritten(input, streaming)), streaming);
            return lifted instanceof QueryPlan.Project above
                    ? new QueryPlan.Project(given, above.columns(), above.schema())
                    : given;
        }
        QueryPlan step = PlanRewrite.mapInputs(plan, input -> rewritten(input, streaming));
        return step instanceof QueryPlan.Project || !isAsked(expressions(step)) ? step : given(step);
    }

    static boolean isStreaming(QueryPlan plan) {
        return plan instanceof QueryPlan.Scan scan
                ? scan.streaming()
                : plan.inputs().stream().anyMatch(BatchMoments::isStreaming);
    }

    /** Whether anything in a plan asks for the time. */
    public static boolean isAskedBelow(QueryPlan plan) {
        return isAsked(expressions(plan)) || plan.inputs().stream().anyMatch(BatchMoments::isAskedBelow);
    }

    static boolean isAsked(List<Expression> expressions) {
        return expressions.stream().anyMatch(BatchMoment::isAsked);
    }

    /** What a step computes. */
    static List<Expression> expressions(QueryPlan step) {
        if (step instanceof QueryPlan.Project p) {
            return p.columns();
        }
        if (step instanceof QueryPlan.Filter p) {
            return List.of(p.condition());
        }
        if (step instanceof QueryPlan.Generate p) {
            return List.of(p.collection());
        }
        if (step instanceof QueryPlan.TimeWindow p) {
            return List.of(p.time());
        }
        if (step instanceof QueryPlan.Aggregate p) {
            return of(p.calls());
        }
        if (step instanceof QueryPlan.SessionAggregate p) {
            List<Expression> all = of(p.calls());
            all.add(p.time());
            all.add(p.gap());
            return all;
        }
        if (step instanceof QueryPlan.TopN p) {
            return p.orders().stream().map(QueryPlan.Order::key).toList();
        }
        if (step instanceof QueryPlan.Join p) {
            List<Expression> all = new ArrayList<>(p.leftKeys());
            all.addAll(p.rightKeys());
            if (p.condition() != null) {
                all.add(p.condition());
            }
            return all;
        }
        return List.of();
    }

    private static List<Expression> of(List<AggregateCall> calls) {
        List<Expression> all = new ArrayList<>();
        for (AggregateCall call : calls) {
            all.addAll(call.arguments());
            if (call.filter() != null) {
                all.add(call.filter());
            }
        }
        return all;
    }

    /** A step with the time as a last column of its input. */
    private static QueryPlan given(QueryPlan step) {
        QueryPlan input = step.inputs().get(0);
        QueryPlan timed = timed(input);
        int place = input.schema().size();
        Expression.Reference time = time(place);
        if (step instanceof QueryPlan.Filter p) {
            return without(new QueryPlan.Filter(timed, BatchMoment.replaced(p.condition(), time)), place, p.schema());
        }
        if (step instanceof QueryPlan.Generate p) {
            Expression collection = BatchMoment.replaced(p.collection(), time);
            Schema schema = inserted(p.schema(), place);
            return without(
                    new QueryPlan.Generate(timed, collection, p.position(), p.inline(), p.outer(), schema),
                    place,
                    p.schema());
        }
        if (step instanceof QueryPlan.TimeWindow p) {
            return without(
                    new QueryPlan.TimeWindow(
                            timed,
                            BatchMoment.replaced(p.time(), time),
                            p.widthMicros(),
                            p.slideMicros(),
                            p.startMicros(),
                            inserted(p.schema(), place)),
                    place,
                    p.schema());
        }
        if (step instanceof QueryPlan.Aggregate p) {
            return new QueryPlan.Aggregate(timed, p.keys(), calls(p.calls(), time), p.schema());
        }
        if (step instanceof QueryPlan.TopN p) {
            List<QueryPlan.Order> orders = p.orders().stream()
                    .map(order -> new QueryPlan.Order(
                            BatchMoment.replaced(order.key(), time), order.descending(), order.nullsFirst()))
                    .toList();
            Schema schema = inserted(p.schema(), place);
            return without(
                    new QueryPlan.TopN(timed, p.keys(), orders, p.ranking(), p.count(), p.rankColumn(), schema),
                    place,
                    p.schema());
        }
        QueryPlan.SessionAggregate p = (QueryPlan.SessionAggregate) step;
        return new QueryPlan.SessionAggregate(
                timed,
                p.keys(),
                p.sessionPlace(),
                BatchMoment.replaced(p.time(), time),
                BatchMoment.replaced(p.gap(), time),
                calls(p.calls(), time),
                p.schema());
    }

    private static List<AggregateCall> calls(List<AggregateCall> calls, Expression.Reference time) {
        return calls.stream()
                .map(call -> new AggregateCall(
                        call.function(),
                        replaced(call.arguments(), time),
                        call.distinct(),
                        call.filter() == null ? null : BatchMoment.replaced(call.filter(), time),
                        call.name()))
                .toList();
    }

    private static QueryPlan without(QueryPlan step, int place, Schema schema) {
        List<Integer> kept = IntStream.range(0, schema.size())
                .mapToObj(i -> i < place ? i : i + 1)
                .toList();
        return without(step, kept, schema);
    }

    static List<Expression> replaced(List<Expression> expressions, Expression.Reference time) {
        return expressions.stream()
                .map(expression -> BatchMoment.replaced(expression, time))
                .toList();
    }

    static Expression.Reference time(int place) {
        return new Expression.Reference(place, AtomicType.TIMESTAMP, false, NAME);
    }

    static QueryPlan timed(QueryPlan input) {
        Schema schema = input.schema();
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(reference(schema, i));
        }
        columns.add(BatchMoment.asked());
        return new QueryPlan.Project(input, columns, inserted(schema, schema.size()));
    }

    static QueryPlan without(QueryPlan step, List<Integer> kept, Schema schema) {
        List<Expression> columns = new ArrayList<>();
        kept.forEach(place -> columns.add(reference(step.schema(), place)));
        return new QueryPlan.Project(step, columns, schema);
    }

    private static Expression reference(Schema schema, int place) {
        Field field = schema.field(place);
        return new Expression.Reference(place, field.type(), field.nullable(), field.name());
    }

    static Schema inserted(Schema schema, int place) {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(place, new Field(NAME, AtomicType.TIMESTAMP, true, false));
        return new Schema(fields);
    }
}
