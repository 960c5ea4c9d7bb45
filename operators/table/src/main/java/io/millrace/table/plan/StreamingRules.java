// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What cannot be run on a stream, and in which output mode: Spark's rules, under Spark's names. {@link Refusals} says which of them hold for what has a meaning
 * all the same.
 */
public final class StreamingRules {

    /** The condition of errors to which Spark gives no name of their own. */
    static final String NO_NAME = "_LEGACY_ERROR_TEMP_3102";

    private static final String MODE = "STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION";

    private final OutputMode mode;
    private final Refusals refusals;

    private StreamingRules(OutputMode mode, Refusals refusals) {
        this.mode = mode;
        this.refusals = refusals;
    }

    /**
     * Checks a plan.
     *
     * @param refusals what is refused although it could be run
     * @throws AnalysisException if it cannot run
     */
    public static void check(QueryPlan plan, OutputMode mode, Refusals refusals) {
        new StreamingRules(mode, refusals).check(plan);
    }

    /**
     * The output mode of this name, without regard to case.
     *
     * @throws AnalysisException if there is none, with the condition {@code STREAMING_OUTPUT_MODE.INVALID}
     */
    public static OutputMode mode(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "append" -> OutputMode.APPEND;
            case "update" -> OutputMode.UPDATE;
            case "complete" -> OutputMode.COMPLETE;
            default ->
                throw new AnalysisException(
                        "STREAMING_OUTPUT_MODE.INVALID",
                        "Invalid streaming output mode: " + name
                                + ". Accepted output modes are 'Append', 'Complete', 'Update'.");
        };
    }

    /** Whether rows of a step go on coming. */
    static boolean isStreaming(QueryPlan step) {
        return step instanceof QueryPlan.Scan scan
                ? scan.streaming()
                : step.inputs().stream().anyMatch(StreamingRules::isStreaming);
    }

    private void check(QueryPlan plan) {
        checkRefused(plan);
        List<QueryPlan> aggregates = new ArrayList<>();
        List<QueryPlan> stateful = new ArrayList<>();
        collect(plan, aggregates, stateful);
        checkSeveral(stateful);
        checkMode(aggregates, refusals == Refusals.NONE && ranks(plan));
        boolean several = stateful.size() > 1;
        checkSteps(plan, several);
    }

    private static void checkRefused(QueryPlan step) {
        if (step instanceof QueryPlan.Refused never && isStreaming(step)) {
            throw refused(never.message());
        }
        step.inputs().forEach(StreamingRules::checkRefused);
    }

    private static void collect(QueryPlan step, List<QueryPlan> aggregates, List<QueryPlan> stateful) {
        if (!isStreaming(step)) {
            return;
        }
        boolean aggregate = step instanceof QueryPlan.Aggregate || step instanceof QueryPlan.SessionAggregate;
        if (aggregate) {
            aggregates.add(step);
        }
        boolean join = step instanceof QueryPlan.Join both && isStreaming(both.left()) && isStreaming(both.right());
        if (aggregate || join || step instanceof QueryPlan.Deduplicate || step instanceof QueryPlan.Stateful) {
            stateful.add(step);
        }
        step.inputs().forEach(input -> collect(input, aggregates, stateful));
    }

    /** An aggregate that is not final must not be the input of another operator with state, as Spark sees it. */
    private void checkSeveral(List<QueryPlan> stateful) {
        if (refusals != Refusals.ALL_OF_SPARK || mode == OutputMode.APPEND) {
            return;
        }
        for (QueryPlan above : stateful) {
            for (QueryPlan below : stateful) {
                boolean aggregate = below instanceof QueryPlan.Aggregate || below instanceof QueryPlan.SessionAggregate;
                if (aggregate && above != below && isBelow(above, below)) {
                    throw refused("Detected pattern of possible 'correctness' issue due to global watermark. The query"
                            + " contains stateful operation which can emit rows older than the current watermark plus"
                            + " allowed late record delay, which are \"late rows\" in downstream stateful operations"
                            + " and these rows can be discarded; use append mode, or allow several stateful operators");
                }
            }
        }
    }

    private static boolean isBelow(QueryPlan above, QueryPlan below) {
        return above.inputs().stream().anyMatch(input -> input == below || isBelow(input, below));
    }

    /** Whether the best rows of groups are asked for, which are a whole result as an aggregation is. */
    private static boolean ranks(QueryPlan step) {
        return isStreaming(step)
                && (step instanceof QueryPlan.TopN || step.inputs().stream().anyMatch(StreamingRules::ranks));
    }

    private void checkMode(List<QueryPlan> aggregates, boolean ranks) {
        if (mode == OutputMode.COMPLETE && aggregates.isEmpty() && !ranks) {
            throw wrongMode("no streaming aggregations");
        }
        if (aggregates.isEmpty()) {
            return;
        }
        QueryPlan first = aggregates.get(0);
        if (mode == OutputMode.APPEND && first instanceof QueryPlan.Aggregate aggregate && !hasEventTime(aggregate)) {
            throw wrongMode("streaming aggregations without watermark");
        }
        if (mode == OutputMode.APPEND
                && first instanceof QueryPlan.SessionAggregate session
                && !session.schema().field(session.sessionPlace()).eventTime()) {
            throw wrongMode("streaming aggregations without watermark");
        }
        if (mode == OutputMode.UPDATE && first instanceof QueryPlan.SessionAggregate) {
            throw wrongMode("session window streaming aggregations");
        }
    }

    private static boolean hasEventTime(QueryPlan.Aggregate aggregate) {
        return aggregate.schema().fields().subList(0, aggregate.keys().size()).stream()
                .anyMatch(Field::eventTime);
    }

    private void checkSteps(QueryPlan step, boolean several) {
        if (!isStreaming(step)) {
            return;
        }
        step.inputs().forEach(input -> checkSteps(input, several));
        if (step instanceof QueryPlan.Aggregate aggregate) {
            checkCalls(aggregate.calls());
        } else if (step instanceof QueryPlan.SessionAggregate aggregate) {
            checkCalls(aggregate.calls());
        } else if (step instanceof QueryPlan.Deduplicate deduplicate) {
            if (deduplicate.withinWatermark()
                    && deduplicate.input().schema().fields().stream().noneMatch(Field::eventTime)) {
                throw refused("dropDuplicatesWithinWatermark is not supported on streaming DataFrames/DataSets"
                        + " without watermark");
            }
        } else if (step instanceof QueryPlan.Join join) {
            checkJoin(join, several);
        } else if (step instanceof QueryPlan.Union union) {
            if (!union.inputs().stream().allMatch(StreamingRules::isStreaming)) {
                throw refused("Union between streaming and batch DataFrames/Datasets is not supported");
            }
        } else if (step instanceof QueryPlan.Sort) {
            if (mode != OutputMode.COMPLETE || !containsAggregate(step)) {
                throw refused("Sorting is not supported on streaming DataFrames/Datasets, unless it is on aggregated"
                        + " DataFrame/Dataset in Complete output mode");
            }
        } else if (step instanceof QueryPlan.Limit limit) {
            if (limit.offset() > 0) {
                throw refused("Offset is not supported on streaming DataFrames/Datasets");
            }
            if (mode == OutputMode.UPDATE) {
                throw refused("Limits are not supported on streaming DataFrames/Datasets in Update output mode");
            }
        } else if (step instanceof QueryPlan.TopN top) {
            checkTop(top);
        } else if (step instanceof QueryPlan.Window window) {
            Field column = window.schema().field(window.input().schema().size());
            throw window(column.name(), column.name());
        }
    }

    private void checkTop(QueryPlan.TopN top) {
        if (refusals != Refusals.NONE) {
            throw window(
                    top.ranking().name() + "()",
                    top.schema().field(top.schema().size() - 1).name());
        }
        if (mode == OutputMode.APPEND
                && top.keys().stream().noneMatch(key -> top.schema().field(key).eventTime())) {
            throw wrongMode("the best rows of groups without a watermark on what they are grouped by");
        }
    }

    private static AnalysisException window(String function, String column) {
        return new AnalysisException(
                "NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING",
                "Window function is not supported in " + function + " (as column `" + column
                        + "`) on streaming DataFrames/Datasets. Structured Streaming only supports time-window"
                        + " aggregation using the WINDOW function.");
    }

    /** Whether rows of a stream are aggregated at or below a step. */
    private static boolean containsAggregate(QueryPlan step) {
        return isStreaming(step)
                && (step instanceof QueryPlan.Aggregate
                        || step instanceof QueryPlan.SessionAggregate
                        || step.inputs().stream().anyMatch(StreamingRules::containsAggregate));
    }

    private void checkCalls(List<AggregateCall> calls) {
        if (refusals != Refusals.NONE && calls.stream().anyMatch(call -> call.distinct())) {
            throw refused("Distinct aggregations are not supported on streaming DataFrames/Datasets. Consider using"
                    + " approx_count_distinct() instead.");
        }
    }

    /** Whether something below a step gives rows that it may take back, outside append mode. */
    private static boolean changes(QueryPlan step) {
        return step instanceof QueryPlan.Aggregate
                || step instanceof QueryPlan.SessionAggregate
                || step instanceof QueryPlan.TopN
                || step.inputs().stream().anyMatch(StreamingRules::changes);
    }

    private static String name(JoinType type) {
        return switch (type) {
            case INNER -> "Inner";
            case LEFT_OUTER -> "LeftOuter";
            case RIGHT_OUTER -> "RightOuter";
            case FULL_OUTER -> "FullOuter";
            case LEFT_SEMI -> "LeftSemi";
            case LEFT_ANTI -> "LeftAnti";
        };
    }

    private void checkJoin(QueryPlan.Join join, boolean several) {
        boolean left = isStreaming(join.left());
        boolean right = isStreaming(join.right());
        if (left && right) {
            boolean mayRun = refusals == Refusals.NONE || (several && refusals == Refusals.BUT_SEVERAL_STATEFUL);
            if (!mayRun && mode != OutputMode.APPEND) {
                throw refused("Join between two streaming DataFrames/Datasets is not supported in "
                        + (mode == OutputMode.UPDATE ? "Update" : "Complete")
                        + " output mode, only in Append output mode");
            }
            if (join.type() == JoinType.LEFT_ANTI && refusals != Refusals.NONE) {
                throw refused("LeftAnti joins with a streaming DataFrame/Dataset on the right are not supported");
            }
            if (!JoinTimes.of(join).allows(join.type()) && !(mode != OutputMode.APPEND && changes(join))) {
                throw refused("Stream-stream " + name(join.type())
                        + " join between two streaming DataFrame/Datasets is not supported without a watermark in the"
                        + " join keys, or a watermark on the nullable side and an appropriate range condition");
            }
            return;
        }
        String sides = left
                ? "a streaming DataFrame/Dataset on the left and a static DataFrame/DataSet on the right"
                : "a streaming DataFrame/Dataset on the right and a static DataFrame/Dataset on the left";
        switch (join.type()) {
            case INNER -> {}
            case FULL_OUTER ->
                throw refused("FullOuter joins with streaming DataFrames/Datasets on the "
                        + (left ? "left" : "right") + " and a static DataFrame/Dataset on the "
                        + (left ? "right" : "left") + " is not supported");
            case RIGHT_OUTER -> {
                if (left) {
                    throw refused("RightOuter join with " + sides + " not supported");
                }
            }
            case LEFT_OUTER -> {
                if (right) {
                    throw refused("LeftOuter join with " + sides + " is not supported");
                }
            }
            case LEFT_SEMI -> {
                if (right) {
                    throw refused("LeftSemi join with " + sides + " is not supported");
                }
            }
            case LEFT_ANTI -> {
                if (right) {
                    throw refused("LeftAnti joins with a streaming DataFrame/Dataset on the right are not supported");
                }
            }
        }
    }

    private AnalysisException wrongMode(String what) {
        return new AnalysisException(
                MODE,
                "Invalid streaming output mode: " + mode.name().toLowerCase(Locale.ROOT)
                        + ". This output mode is not supported for " + what + " on streaming DataFrames/DataSets.");
    }

    private static AnalysisException refused(String message) {
        return new AnalysisException(NO_NAME, message);
    }
}
