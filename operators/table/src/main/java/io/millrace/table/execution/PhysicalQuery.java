// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.StepKinds;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What has to be known of the steps of a query before they are put together: which have state, how they are numbered, which give changes,
 * and which rows are all there.
 */
final class PhysicalQuery {

    private final QueryPlan plan;
    private final OutputMode mode;
    private final boolean local;
    private final Function<QueryPlan.Scan, List<ColumnBatch>> tables;
    private final List<QueryPlan> stateful = new ArrayList<>();
    private final IdentityHashMap<QueryPlan, StatefulDescription> descriptions = new IdentityHashMap<>();
    private final Map<Integer, Long> delays = new TreeMap<>();

    PhysicalQuery(QueryPlan plan, OutputMode mode, Function<QueryPlan.Scan, List<ColumnBatch>> tables) {
        this(plan, mode, false, tables);
    }

    private PhysicalQuery(
            QueryPlan plan, OutputMode mode, boolean local, Function<QueryPlan.Scan, List<ColumnBatch>> tables) {
        this.plan = plan;
        this.mode = mode;
        this.local = local;
        this.tables = tables;
        number(plan);
        for (QueryPlan step : stateful) {
            descriptions.put(step, StatefulSteps.describe(step, this));
        }
    }

    /** A query that is run in one go: no step goes on, and each gives its final rows. */
    static PhysicalQuery local(QueryPlan plan, Function<QueryPlan.Scan, List<ColumnBatch>> tables) {
        return new PhysicalQuery(plan, OutputMode.COMPLETE, true, tables);
    }

    boolean isLocal() {
        return local;
    }

    private void number(QueryPlan step) {
        if (isFinite(step)) {
            return;
        }
        if (isStateful(step)) {
            if (stateful.stream().anyMatch(known -> known == step)) {
                return;
            }
            stateful.add(step);
        }
        if (step instanceof QueryPlan.Watermark watermark) {
            delays.merge(watermark.node(), watermark.delayMicros() / 1000, Math::max);
        }
        step.inputs().forEach(this::number);
    }

    QueryPlan plan() {
        return plan;
    }

    OutputMode mode() {
        return mode;
    }

    /** Whether all rows of a step are there before the query starts. */
    boolean isFinite(QueryPlan step) {
        if (local) {
            return false;
        }
        return StepKinds.isFinite(step);
    }

    /** All rows of a step that is finite. */
    List<ColumnBatch> rowsOf(QueryPlan step) {
        return LocalRun.run(step, tables);
    }

    /** Whether a step remembers anything from batch to batch. */
    boolean isStateful(QueryPlan step) {
        if (local) {
            boolean gathers = step instanceof QueryPlan.Limit;
            return step instanceof QueryPlan.Join || (!gathers && StepKinds.isStateful(step, mode));
        }
        return StepKinds.isStateful(step, mode);
    }

    /** Whether neither a step nor anything below it has state. */
    boolean isFreeOfState(QueryPlan step) {
        return isFinite(step) || (!isStateful(step) && step.inputs().stream().allMatch(this::isFreeOfState));
    }

    /** Which of the inputs of a step without state goes on. */
    QueryPlan streamOf(QueryPlan step) {
        for (QueryPlan input : step.inputs()) {
            if (!isFinite(input)) {
                return input;
            }
        }
        throw new IllegalStateException("no input of " + step + " goes on");
    }

    /** The operators with state, from the sink towards the sources. */
    List<QueryPlan> stateful() {
        return stateful;
    }

    /** The number of an operator with state. */
    int numberOf(QueryPlan step) {
        for (int i = 0; i < stateful.size(); i++) {
            if (stateful.get(i) == step) {
                return i;
            }
        }
        throw new IllegalArgumentException("no state in " + step);
    }

    /** Whether a step is the last one with state on its way to the sink: what it gives is the result's, not another operator's with state. */
    boolean isLast(QueryPlan step) {
        return isReachedWithoutState(plan, step);
    }

    private boolean isReachedWithoutState(QueryPlan from, QueryPlan step) {
        return from == step
                || (!isStateful(from) && from.inputs().stream().anyMatch(input -> isReachedWithoutState(input, step)));
    }

    StatefulDescription description(QueryPlan step) {
        StatefulDescription description = descriptions.get(step);
        if (description == null) {
            throw new IllegalArgumentException("no state in " + step);
        }
        return description;
    }

    /** The name under which the state of a step is kept. */
    String nameOf(QueryPlan step) {
        return description(step).kind() + "-" + numberOf(step);
    }

    /** The inputs of a step to which rows may come late; of a plan made by {@link io.millrace.table.plan.ColumnPruning#keepingInputs}. */
    List<LateInput> lateInputs(QueryPlan step) {
        return IntStream.range(0, step.inputs().size())
                .mapToObj(input -> LateInput.of(step, input, this))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The tables of late rows, operator by operator. */
    List<LateRows> lateRows() {
        List<LateRows> tables = new ArrayList<>();
        for (QueryPlan step : stateful) {
            for (LateInput late : lateInputs(step)) {
                String side = step.inputs().size() == 1 ? "" : late.input() == 0 ? "-left" : "-right";
                tables.add(LateRows.of(
                        numberOf(step),
                        late.input(),
                        nameOf(step) + side,
                        late.whole().schema()));
            }
        }
        return tables;
    }

    /** Whether the rows of a step have a column with the kind of change. */
    boolean givesChanges(QueryPlan step) {
        if (isFinite(step)) {
            return false;
        }
        return isStateful(step)
                ? StatefulSteps.givesChanges(step, this)
                : step.inputs().stream().anyMatch(this::givesChanges);
    }

    /** Per watermark of the query how late rows may be. */
    long[] delayMillis() {
        long[] millis = new long
                [delays.keySet().stream().mapToInt(node -> node + 1).max().orElse(0)];
        delays.forEach((node, delay) -> millis[node] = delay);
        return millis;
    }

    /** How the watermark gets to the operators with state. */
    WatermarkFlow watermarks() {
        return new WatermarkFlow(
                plan,
                stateful,
                stateful.stream().map(step -> (StatefulNode) description(step)).toList());
    }
}
