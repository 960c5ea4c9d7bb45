// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows folded in slices and then put into windows are rows put into windows and then folded. */
class SlicedWindowsTest {

    private static final Schema IN = DataTypes.parseSchema("k bigint, t timestamp, v bigint");
    private static final Field WINDOW = Field.of("w", DataTypes.parse("struct<start:timestamp,end:timestamp>"));

    private static QueryPlan windows(long width, long slide, long start) {
        List<Field> fields = new ArrayList<>(IN.fields());
        fields.add(WINDOW);
        return new QueryPlan.TimeWindow(
                new QueryPlan.Scan("rows", true, IN), reference(1), width, slide, start, new Schema(fields));
    }

    private static Expression reference(int place) {
        return new Expression.Reference(
                place, IN.field(place).type(), true, IN.field(place).name());
    }

    private static QueryPlan.Aggregate counted(QueryPlan windows, List<Integer> keys, int value) {
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(windows.schema().field(key)));
        fields.add(Field.of("n", AtomicType.LONG));
        fields.add(Field.of("s", AtomicType.LONG));
        return new QueryPlan.Aggregate(
                windows,
                keys,
                List.of(
                        TestAggregates.count("n"),
                        TestAggregates.sum("s", TestAggregates.column(value, AtomicType.LONG))),
                new Schema(fields));
    }

    /** As {@code SELECT w, v, k}. */
    private static QueryPlan turned(QueryPlan windows) {
        return new QueryPlan.Project(
                windows,
                List.of(new Expression.Reference(3, WINDOW.type(), false, "w"), reference(2), reference(0)),
                new Schema(List.of(WINDOW, IN.field(2), IN.field(0))));
    }

    private static ColumnBatch rows(Random random) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(IN);
        for (int i = 0; i < 300; i++) {
            Long time = random.nextInt(20) == 0 ? null : random.nextLong(-100_000, 100_000);
            Long key = random.nextInt(20) == 0 ? null : random.nextLong(5);
            builder.append(new @Nullable Object[] {key, time, random.nextLong(1000)});
        }
        return builder.build();
    }

    private static List<List<@Nullable Object>> results(AggregateCode code, ColumnBatch folded) {
        ColumnBatch results = code.result(code.grouped(folded));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < results.rows(); row++) {
            rows.add(Arrays.asList(Arrays.stream(results.row(row))
                    .map(value -> value instanceof Object[] fields ? Arrays.asList(fields) : value)
                    .toArray()));
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"10000,2000,0", "10000,3000,0", "9000,6000,500", "7001,7000,-3", "100000,1,0", "5000,4999,123456"})
    void areTheSameHoweverWidthAndSlideLieToEachOther(long width, long slide, long start) {
        Random random = new Random(width + slide);
        for (QueryPlan above : List.of(windows(width, slide, start), turned(windows(width, slide, start)))) {
            boolean turned = above instanceof QueryPlan.Project;
            QueryPlan.Aggregate step = turned ? counted(above, List.of(0, 2), 1) : counted(above, List.of(0, 3), 2);
            AggregateCode code = new AggregateCode(above.schema(), step.keys(), step.calls(), step.schema());
            SlicedWindows windows = SlicedWindows.below(step).orElseThrow();
            ColumnBatch rows = slide == 1 ? rows(random).select(new int[] {0, 1, 2}, 3) : rows(random);

            assertThat(results(code, windows.spread(code.aggregate(windows.inSlices(rows)))))
                    .as("windows of %d every %d from %d", width, slide, start)
                    .containsExactlyInAnyOrderElementsOf(results(code, code.aggregate(windows.inWindows(rows))))
                    .isNotEmpty();
        }
    }

    @Test
    void areNotForWindowsThatDoNotOverlapOrThatSomethingElseReads() {
        QueryPlan tumbling = windows(1000, 1000, 0);
        QueryPlan gaps = windows(1000, 2000, 0);
        QueryPlan sliding = windows(2000, 1000, 0);
        QueryPlan starts = new QueryPlan.Project(
                sliding,
                List.of(
                        new Expression.Reference(3, WINDOW.type(), false, "w"),
                        new Expression.FieldOf(
                                new Expression.Reference(3, WINDOW.type(), false, "w"), 0, AtomicType.TIMESTAMP, false),
                        reference(0)),
                new Schema(List.of(WINDOW, IN.field(1), IN.field(0))));

        assertThat(SlicedWindows.below(counted(tumbling, List.of(3), 2))).isEmpty();
        assertThat(SlicedWindows.below(counted(gaps, List.of(3), 2))).isEmpty();
        assertThat(SlicedWindows.below(counted(sliding, List.of(0), 2))).isEmpty();
        assertThat(SlicedWindows.below(counted(starts, List.of(0), 2))).isEmpty();
        assertThat(SlicedWindows.below(counted(sliding, List.of(3), 2))).isPresent();
    }
}
