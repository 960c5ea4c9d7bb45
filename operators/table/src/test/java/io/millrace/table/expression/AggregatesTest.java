// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.BatchBytes;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregatesTest {

    private static final Schema SCHEMA = DataTypes.parseSchema("v int, d double, m decimal(10,2), s string, l bigint");

    @Test
    void nullsDoNotCount() {
        ColumnBatch rows = rows(row(3, 1.0), row(null, 2.0), row(8, 4.0), row(1, null));
        assertThat(result(rows, "count", 0)).isEqualTo(3L);
        assertThat(result(rows, "count")).isEqualTo(4L);
        assertThat(result(rows, "sum", 0)).isEqualTo(12L);
        assertThat(result(rows, "avg", 0)).isEqualTo(4.0);
        assertThat(result(rows, "min", 0)).isEqualTo(1);
        assertThat(result(rows, "max", 0)).isEqualTo(8);
        assertThat(result(rows, "median", 0)).isEqualTo(3.0);
        assertThat(result(rows, "max_by", 0, 1)).isEqualTo(8);
        assertThat(result(rows, "bit_or", 0)).isEqualTo(11);
        assertThat(result(rows, "approx_count_distinct", 0)).isEqualTo(3L);
        assertThat((Double) result(rows, "var_pop", 0)).isEqualTo(26.0 / 3, within());
        assertThat((Double) result(rows, "stddev", 0)).isEqualTo(Math.sqrt(13), within());
    }

    @Test
    void noRowGivesNullOrZero() {
        ColumnBatch none = rows();
        assertThat(result(none, "count")).isEqualTo(0L);
        for (String name : List.of("sum", "avg", "min", "max", "stddev", "var_pop", "median", "mode", "first")) {
            assertThat(result(none, name, 0)).as(name).isNull();
        }
        assertThat(result(none, "approx_count_distinct", 0)).isEqualTo(0L);
        assertThat((Object[]) result(none, "collect_list", 0)).isEmpty();
    }

    @Test
    void oneValueHasNoSampleVariance() {
        assertThat(result(rows(row(3, 1.0)), "stddev", 0)).isNull();
        assertThat(result(rows(row(3, 1.0)), "var_pop", 0)).isEqualTo(0.0);
        assertThat(result(rows(row(3, 1.0)), "skewness", 0)).isNull();
    }

    @Test
    void typesOfResultsAreSparks() {
        assertThat(bound("sum", 0).type().sql()).isEqualTo("bigint");
        assertThat(bound("sum", 2).type().sql()).isEqualTo("decimal(20,2)");
        assertThat(bound("avg", 2).type().sql()).isEqualTo("decimal(14,6)");
        assertThat(bound("avg", 0).type().sql()).isEqualTo("double");
        assertThat(bound("collect_set", 3).type().sql()).isEqualTo("array<string>");
    }

    @Test
    void aSumThatIsTooLargeFailsOrIsNull() {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(SCHEMA);
        builder.append(new Object[] {1, 1.0, null, null, Long.MAX_VALUE});
        builder.append(new Object[] {1, 1.0, null, null, 1L});
        ColumnBatch rows = builder.build();
        assertThatThrownBy(() -> result(rows, "sum", 4))
                .isInstanceOfSatisfying(
                        QueryExecutionException.class,
                        e -> assertThat(e.condition()).isEqualTo("ARITHMETIC_OVERFLOW"));
        assertThat(result(rows, "try_sum", 4)).isNull();
    }

    @Test
    void wrongNumbersOfArgumentsAreNamed() {
        assertThatThrownBy(() -> bound("sum", 0, 0))
                .isInstanceOfSatisfying(
                        AnalysisException.class,
                        e -> assertThat(e.condition()).isEqualTo("WRONG_NUM_ARGS.WITHOUT_SUGGESTION"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void partsMergeToTheWhole(long seed) {
        Random random = new Random(seed);
        ColumnBatch rows = random(random, 200);
        List<AggregateCall> calls = Stream.of(
                        "count",
                        "sum",
                        "try_sum",
                        "avg",
                        "min",
                        "max",
                        "mode",
                        "median",
                        "approx_count_distinct",
                        "bit_xor",
                        "bit_and",
                        "first",
                        "last",
                        "stddev_pop",
                        "variance",
                        "skewness",
                        "kurtosis",
                        "collect_set")
                .map(name -> call(name, 0))
                .toList();
        CompiledAggregates aggregates = CompiledAggregates.of(calls, SCHEMA);
        int[] groups = random.ints(200, 0, 7).toArray();
        Accumulators whole = aggregates.accumulators();
        whole.update(groups, rows);
        Accumulators merged = aggregates.accumulators();
        for (int from = 0; from < 200; from += 50) {
            int[] places = new int[50];
            int first = from;
            Arrays.setAll(places, i -> first + i);
            Accumulators part = aggregates.accumulators();
            part.update(Arrays.copyOfRange(groups, from, from + 50), rows.select(places, 50));
            ColumnBatch sent = BatchBytes.decode(BatchBytes.encode(part.exportAll()));
            int[] same = new int[sent.rows()];
            Arrays.setAll(same, i -> i);
            merged.merge(same, sent, 0);
        }
        CompiledProjection results = aggregates.results(aggregates.bufferSchema(), aggregates.resultSchema());
        ColumnBatch expected = results.apply(whole.exportAll());
        ColumnBatch actual = results.apply(merged.exportAll());
        for (int row = 0; row < 7; row++) {
            for (int i = 0; i < calls.size(); i++) {
                Object one = expected.column(i).get(row);
                Object other = actual.column(i).get(row);
                String what =
                        "seed " + seed + ", group " + row + ", " + calls.get(i).name();
                if (one instanceof Double number) {
                    assertThat((Double) other).as(what).isEqualTo(number, within());
                } else {
                    assertThat(other).as(what).isEqualTo(one);
                }
            }
        }
    }

    @Test
    void rowsCanBeTakenBack() {
        ColumnBatch rows = rows(row(3, 1.0), row(null, 2.0), row(8, 4.0));
        CompiledAggregates aggregates = CompiledAggregates.of(
                List.of(call("count", 0), call("sum", 0), call("avg", 0), call("sum", 2)), SCHEMA);
        Accumulators accumulators = aggregates.accumulators();
        accumulators.update(new int[3], rows);
        accumulators.retract(new int[2], rows.select(new int[] {0, 1}, 2));
        ColumnBatch result = aggregates
                .results(aggregates.bufferSchema(), aggregates.resultSchema())
                .apply(accumulators.exportAll());
        assertThat(result.row(0)).containsExactly(1L, 8L, 8.0, new BigDecimal("1.25"));
    }

    @Test
    void aFilterLeavesRowsOut() {
        Expression reference = reference(0);
        Expression positive = new Expression.IsNull(reference(1));
        AggregateCall call = new AggregateCall(bound("sum", 0), List.of(reference), false, positive, "filtered");
        CompiledAggregates aggregates = CompiledAggregates.of(List.of(call, call("count", 0)), SCHEMA);
        Accumulators accumulators = aggregates.accumulators();
        accumulators.update(new int[3], rows(row(3, 1.0), row(5, null), row(8, 4.0)));
        ColumnBatch result = aggregates
                .results(aggregates.bufferSchema(), aggregates.resultSchema())
                .apply(accumulators.exportAll());
        assertThat(result.row(0)).containsExactly(5L, 3L);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(1e-9);
    }

    private static @Nullable Object result(ColumnBatch rows, String name, int... columns) {
        CompiledAggregates aggregates = CompiledAggregates.of(List.of(call(name, columns)), SCHEMA);
        Accumulators accumulators = aggregates.accumulators();
        accumulators.ensure(1);
        accumulators.update(new int[rows.rows()], rows);
        return aggregates
                .results(aggregates.bufferSchema(), aggregates.resultSchema())
                .apply(accumulators.exportAll())
                .column(0)
                .get(0);
    }

    private static AggregateCall call(String name, int... columns) {
        return new AggregateCall(bound(name, columns), references(columns), false, null, name);
    }

    private static BoundAggregate bound(String name, int... columns) {
        return FunctionRegistry.spark().aggregate(name).orElseThrow().bind(references(columns));
    }

    private static List<Expression> references(int... columns) {
        return Arrays.stream(columns).mapToObj(AggregatesTest::reference).toList();
    }

    private static Expression reference(int column) {
        return new Expression.Reference(
                column, SCHEMA.field(column).type(), true, SCHEMA.field(column).name());
    }

    private static @Nullable Object[] row(@Nullable Integer v, @Nullable Double d) {
        return new @Nullable Object[] {v, d, new BigDecimal("1.25"), Utf8.of("s" + v), null};
    }

    private static ColumnBatch rows(@Nullable Object[]... rows) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(SCHEMA);
        for (Object[] row : rows) {
            builder.append(row);
        }
        return builder.build();
    }

    private static ColumnBatch random(Random random, int count) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(SCHEMA);
        for (int i = 0; i < count; i++) {
            builder.append(row(random.nextInt(6) == 0 ? null : random.nextInt(20) - 5, random.nextGaussian()));
        }
        assertThat(builder.column(0).size()).isEqualTo(count);
        assertThat(SCHEMA.field(0).type()).isEqualTo(AtomicType.INT);
        return builder.build();
    }
}
