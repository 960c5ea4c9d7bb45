// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.State;
import io.millrace.runtime.state.KeyedTable;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.plan.BatchMoments;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Runs a query over finished tables, in one go and on the caller's thread: the operators are those of streams, the watermark is at the end of time. */
public final class LocalRun {

    private final PhysicalQuery query;
    private final Function<QueryPlan.Scan, List<ColumnBatch>> tables;

    private final long micros;

    private LocalRun(QueryPlan plan, Function<QueryPlan.Scan, List<ColumnBatch>> tables, Instant now) {
        this.query = PhysicalQuery.local(plan, tables);
        this.tables = tables;
        this.micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
    }

    /**
     * The result of a query, in order if it asks for one.
     *
     * @param plan what the query does
     * @param tables the rows of a table, with the columns that the scan reads; those of a stream are taken as all there are
     * @param now what {@code current_timestamp()} gives
     * @throws io.millrace.table.QueryExecutionException if a value cannot be computed
     */
    public static List<ColumnBatch> run(
            QueryPlan plan, Function<QueryPlan.Scan, List<ColumnBatch>> tables, Instant now) {
        QueryPlan timed = BatchMoments.apply(plan);
        return new LocalRun(timed, tables, now).rows(timed);
    }

    /** As the other, for a query that does not ask for the time; 1970 for one that does. */
    public static List<ColumnBatch> run(QueryPlan plan, Function<QueryPlan.Scan, List<ColumnBatch>> tables) {
        return run(plan, tables, Instant.EPOCH);
    }

    private List<ColumnBatch> rows(QueryPlan step) {
        if (step instanceof QueryPlan.Scan scan) {
            return tables.apply(scan);
        }
        if (step instanceof QueryPlan.Values values) {
            ColumnBatchBuilder builder = new ColumnBatchBuilder(values.schema());
            values.rows().forEach(builder::append);
            return List.of(builder.build());
        }
        if (step instanceof QueryPlan.Watermark watermark) {
            return rows(watermark.input());
        }
        if (step instanceof QueryPlan.Observe observe) {
            return observed(observe);
        }
        if (step instanceof QueryPlan.Union union) {
            List<ColumnBatch> all = new ArrayList<>();
            union.inputs().forEach(input -> all.addAll(rows(input)));
            return all;
        }
        if (query.isStateful(step)) {
            return stateful(step);
        }
        List<ColumnBatch> input = rows(FusedSteps.first(step).inputs().get(0));
        if (step instanceof QueryPlan.Sort || step instanceof QueryPlan.Limit || step instanceof QueryPlan.Window) {
            Schema schema = step.inputs().get(0).schema();
            return List.of(FusedSteps.gathered(step).apply(ColumnBatch.concat(schema, input)));
        }
        UnaryOperator<ColumnBatch> work = FusedSteps.work(step, false).apply(micros);
        return input.stream().map(work).toList();
    }

    private List<ColumnBatch> observed(QueryPlan.Observe observe) {
        List<ColumnBatch> rows = rows(observe.input());
        MetricsCode code = MetricsCode.of(observe.metrics());
        observe.heard()
                .accept(code.result(rows.stream()
                        .filter(batch -> batch.rows() > 0)
                        .map(code::gathered)
                        .toList()));
        return rows;
    }

    private List<ColumnBatch> stateful(QueryPlan step) {
        StatefulDescription description = query.description(step);
        KeyedTable<GroupKey, Object> table = new KeyedTable<>();
        table.begin();
        List<ColumnBatch> given = new ArrayList<>();
        try {
            StatefulTask task = description.open(0, 1, (State<GroupKey, Object>) table, output -> {
                if (output instanceof QueryOutput.Rows rows) {
                    given.add(rows.batch());
                }
            });
            LocalContext context = new LocalContext();
            task.begin();
            task.add(
                    StatefulTask.FRAME_INPUT,
                    Shard.all(1)[0],
                    0,
                    BatchFrame.ofFinishedData(query.stateful().size()));
            for (int input = 0; input < step.inputs().size(); input++) {
                int place = input + 1;
                var exchange = description.exchange(input).open(context, part -> {
                    task.add(place, part.key(), 0, part.value());
                });
                for (ColumnBatch batch : rows(step.inputs().get(input))) {
                    exchange.push(batch);
                }
            }
            task.finish();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A step without an engine failed: " + e.getMessage(), e);
        }
        return given;
    }
}
