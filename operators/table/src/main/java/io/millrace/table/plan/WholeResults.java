// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.type.ArrayType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes a query one of which every batch brings the whole result, as complete mode wants. Most operators with state can give all that they
 * have when nothing with state comes after them. Two things need more: a part of a union that only passes rows on is kept, row by row, and
 * the first so many of rows that may still change are kept right like the best rows of a group.
 */
public final class WholeResults {

    private WholeResults() {}

    /** The same query; another only in complete mode. */
    public static QueryPlan apply(QueryPlan plan, OutputMode mode) {
        return mode == OutputMode.COMPLETE ? result(plan) : plan;
    }

    /** Whether something at or below a step has rows that come and go in complete mode. */
    static boolean changes(QueryPlan step) {
        return !StepKinds.isFinite(step)
                && (step instanceof QueryPlan.Aggregate
                        || step instanceof QueryPlan.SessionAggregate
                        || step instanceof QueryPlan.TopN
                        || step.inputs().stream().anyMatch(WholeResults::changes));
    }

    /** A step after which nothing has state. */
    private static QueryPlan result(QueryPlan step) {
        if (StepKinds.isFinite(step)) {
            return step;
        }
        if (StepKinds.isStateful(step, OutputMode.COMPLETE)) {
            return PlanRewrite.mapInputs(step, WholeResults::below);
        }
        if (step instanceof QueryPlan.Union) {
            return PlanRewrite.mapInputs(step, input -> isWhole(input) ? result(input) : kept(input));
        }
        return PlanRewrite.mapInputs(step, WholeResults::result);
    }

    /** Whether a step after which nothing has state gives all its rows in every batch. */
    private static boolean isWhole(QueryPlan step) {
        if (StepKinds.isFinite(step)) {
            return true;
        }
        if (step instanceof QueryPlan.Deduplicate deduplicate) {
            return !deduplicate.withinWatermark() && changes(deduplicate);
        }
        if (StepKinds.isStateful(step, OutputMode.COMPLETE)) {
            return !(step instanceof QueryPlan.Stateful) && !(step instanceof QueryPlan.Limit);
        }
        return !(step instanceof QueryPlan.Scan) && step.inputs().stream().allMatch(WholeResults::isWhole);
    }

    /** All rows that a step ever gave. */
    private static QueryPlan kept(QueryPlan step) {
        List<Integer> keys = IntStream.range(0, step.schema().size())
                .filter(place -> isComparable(step.schema().field(place).type()))
                .boxed()
                .toList();
        return new QueryPlan.TopN(
                below(step), keys, List.of(), QueryPlan.Ranking.ROW_NUMBER, Long.MAX_VALUE, false, step.schema());
    }

    private static boolean isComparable(DataType type) {
        if (type instanceof ArrayType array) {
            return isComparable(array.element());
        }
        if (type instanceof StructType struct) {
            return struct.fields().stream().allMatch(field -> isComparable(field.type()));
        }
        return !(type instanceof MapType);
    }

    /** A step after which something has state. */
    private static QueryPlan below(QueryPlan step) {
        if (StepKinds.isFinite(step)) {
            return step;
        }
        if (step instanceof QueryPlan.Sort sort) {
            return below(sort.input());
        }
        if (step instanceof QueryPlan.Limit limit && changes(limit)) {
            return firsts(limit, limit.input());
        }
        return PlanRewrite.mapInputs(step, WholeResults::below);
    }

    /** The first rows of a step. */
    private static QueryPlan firsts(QueryPlan.Limit limit, QueryPlan of) {
        if (of instanceof QueryPlan.Project project) {
            return new QueryPlan.Project(firsts(limit, project.input()), project.columns(), project.schema());
        }
        return new QueryPlan.TopN(
                below(of), List.of(), orders(of), QueryPlan.Ranking.ROW_NUMBER, limit.count(), false, of.schema());
    }

    private static List<QueryPlan.Order> orders(QueryPlan step) {
        if (step instanceof QueryPlan.Filter filter) {
            return orders(filter.input());
        }
        return step instanceof QueryPlan.Sort sort ? sort.orders() : List.of();
    }
}
