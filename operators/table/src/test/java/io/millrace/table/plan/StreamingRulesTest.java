// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stream cannot do, by Spark's rules and names. */
class StreamingRulesTest {

    private static final Schema PLAIN =
            new Schema(List.of(Field.of("word", AtomicType.STRING), Field.of("ts", AtomicType.TIMESTAMP)));
    private static final Schema WATCHED =
            new Schema(List.of(Field.of("word", AtomicType.STRING), new Field("ts", AtomicType.TIMESTAMP, true, true)));

    private static final QueryPlan STREAM = new QueryPlan.Scan("events", true, PLAIN);
    private static final QueryPlan TABLE = new QueryPlan.Scan("dim", false, PLAIN);
    private static final QueryPlan LATE = new QueryPlan.Watermark(STREAM, 0, 1, 0, WATCHED);
    private static final QueryPlan BY_WORD = group(STREAM, 0);
    private static final QueryPlan BY_TIME = group(LATE, 1);

    private static QueryPlan group(QueryPlan input, int key) {
        return new QueryPlan.Aggregate(
                input,
                List.of(key),
                List.of(),
                new Schema(List.of(input.schema().field(key))));
    }

    private static void refused(QueryPlan plan, OutputMode mode, String condition, String message) {
        assertThatThrownBy(() -> StreamingRules.check(plan, mode, Refusals.ALL_OF_SPARK))
                .asInstanceOf(type(AnalysisException.class))
                .satisfies(error -> assertThat(error.condition()).isEqualTo(condition))
                .satisfies(error -> assertThat(error).hasMessageContaining(message));
    }

    private static void allowed(QueryPlan plan, OutputMode mode) {
        assertThatCode(() -> StreamingRules.check(plan, mode, Refusals.ALL_OF_SPARK))
                .doesNotThrowAnyException();
    }

    @Test
    void anAggregationIsAppendedOnlyIfTheWatermarkClosesItsGroups() {
        String mode = "STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION";
        refused(BY_WORD, OutputMode.APPEND, mode, "streaming aggregations without watermark");
        refused(group(LATE, 0), OutputMode.APPEND, mode, "append");
        allowed(BY_TIME, OutputMode.APPEND);
        allowed(BY_WORD, OutputMode.UPDATE);
        allowed(BY_WORD, OutputMode.COMPLETE);
        refused(STREAM, OutputMode.COMPLETE, mode, "complete. This output mode is not supported for no streaming");
    }

    @Test
    void sessionsAreNotUpdated() {
        QueryPlan sessions = new QueryPlan.SessionAggregate(
                LATE,
                List.of(),
                0,
                new Expression.Reference(1, AtomicType.TIMESTAMP, true, "ts"),
                new Expression.Literal(5_000_000L, AtomicType.DAY_TIME_INTERVAL),
                List.of(),
                new Schema(List.of(new Field("s", AtomicType.TIMESTAMP, false, true))));
        refused(
                sessions,
                OutputMode.UPDATE,
                "STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION",
                "session window streaming aggregations");
        allowed(sessions, OutputMode.APPEND);
        allowed(sessions, OutputMode.COMPLETE);
    }

    @Test
    void aSortNeedsTheWholeResultAndALimitNoUpdates() {
        QueryPlan sorted = new QueryPlan.Sort(BY_WORD, List.of());
        refused(sorted, OutputMode.UPDATE, StreamingRules.NO_NAME, "Sorting is not supported");
        refused(new QueryPlan.Sort(STREAM, List.of()), OutputMode.APPEND, StreamingRules.NO_NAME, "Sorting");
        allowed(sorted, OutputMode.COMPLETE);
        refused(
                new QueryPlan.Limit(STREAM, 0, 1),
                OutputMode.UPDATE,
                StreamingRules.NO_NAME,
                "Limits are not supported on streaming DataFrames/Datasets in Update output mode");
        allowed(new QueryPlan.Limit(STREAM, 0, 1), OutputMode.APPEND);
    }

    @Test
    void anAggregationOfATableMakesNoWholeResultOfAStreamThatIsSorted() {
        QueryPlan joined = join(STREAM, group(TABLE, 0), QueryPlan.JoinType.INNER);
        QueryPlan first = new QueryPlan.Limit(new QueryPlan.Sort(joined, List.of()), 0, 2);
        QueryPlan grouped = new QueryPlan.Aggregate(STREAM, List.of(0, 1), List.of(), joined.schema());

        refused(
                new QueryPlan.Union(List.of(first, grouped), joined.schema()),
                OutputMode.COMPLETE,
                StreamingRules.NO_NAME,
                "Sorting is not supported");
    }

    @Test
    void severalOperatorsWithStateAreRefusedOnlyIfThatIsAskedFor() {
        QueryPlan chained = group(BY_WORD, 0);
        refused(chained, OutputMode.COMPLETE, StreamingRules.NO_NAME, "possible 'correctness' issue");
        refused(chained, OutputMode.UPDATE, StreamingRules.NO_NAME, "late rows");
        allowed(group(BY_TIME, 0), OutputMode.APPEND);
        assertThatCode(() -> StreamingRules.check(chained, OutputMode.COMPLETE, Refusals.BUT_SEVERAL_STATEFUL))
                .doesNotThrowAnyException();
    }

    @Test
    void joinsOfStreamsOutsideAppendModeNeedASecondOperatorWithState() {
        QueryPlan join = join(LATE, LATE, QueryPlan.JoinType.INNER);
        assertThatThrownBy(() -> StreamingRules.check(join, OutputMode.UPDATE, Refusals.BUT_SEVERAL_STATEFUL))
                .hasMessageContaining("is not supported in Update output mode, only in Append output mode");
        assertThatCode(() -> StreamingRules.check(group(join, 0), OutputMode.UPDATE, Refusals.BUT_SEVERAL_STATEFUL))
                .doesNotThrowAnyException();
        assertThatCode(() -> StreamingRules.check(join, OutputMode.UPDATE, Refusals.NONE))
                .doesNotThrowAnyException();
    }

    @Test
    void aStreamAndATableHaveNoUnion() {
        refused(
                new QueryPlan.Union(List.of(STREAM, TABLE), PLAIN),
                OutputMode.APPEND,
                StreamingRules.NO_NAME,
                "Union between streaming and batch");
        allowed(new QueryPlan.Union(List.of(STREAM, STREAM), PLAIN), OutputMode.APPEND);
    }

    @Test
    void deduplicationWithinAWatermarkNeedsOne() {
        refused(
                new QueryPlan.Deduplicate(STREAM, List.of(0), true),
                OutputMode.APPEND,
                StreamingRules.NO_NAME,
                "without watermark");
        allowed(new QueryPlan.Deduplicate(LATE, List.of(0), true), OutputMode.APPEND);
    }

    @ParameterizedTest
    @EnumSource(QueryPlan.JoinType.class)
    void anOuterJoinWithATableKeepsTheRowsOfTheStreamOnly(QueryPlan.JoinType type) {
        boolean left = type == QueryPlan.JoinType.INNER
                || type == QueryPlan.JoinType.LEFT_OUTER
                || type == QueryPlan.JoinType.LEFT_SEMI
                || type == QueryPlan.JoinType.LEFT_ANTI;
        boolean right = type == QueryPlan.JoinType.INNER || type == QueryPlan.JoinType.RIGHT_OUTER;
        check(join(STREAM, TABLE, type), left);
        check(join(TABLE, STREAM, type), right);
    }

    private static void check(QueryPlan join, boolean mayRun) {
        if (mayRun) {
            allowed(join, OutputMode.APPEND);
        } else {
            refused(join, OutputMode.APPEND, StreamingRules.NO_NAME, "oin");
        }
    }

    private static QueryPlan join(QueryPlan left, QueryPlan right, QueryPlan.JoinType type) {
        return new QueryPlan.Join(left, right, type, List.of(), List.of(), null, PLAIN);
    }

    @Test
    void modesHaveNames() {
        assertThat(StreamingRules.mode("Append")).isEqualTo(OutputMode.APPEND);
        assertThatThrownBy(() -> StreamingRules.mode("upsert"))
                .asInstanceOf(type(AnalysisException.class))
                .satisfies(error -> assertThat(error.condition()).isEqualTo("STREAMING_OUTPUT_MODE.INVALID"));
    }
}
