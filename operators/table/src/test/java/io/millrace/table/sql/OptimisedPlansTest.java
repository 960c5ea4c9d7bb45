// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.plan.PlanText;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.DataTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a query to run: no column that nobody reads, no constant to compute; and that several threads may plan. */
class OptimisedPlansTest {

    private static final int THREADS = 4;
    private static final int QUERIES = 50;

    private final Planner planner = new Planner(FunctionRegistry.spark());

    OptimisedPlansTest() {
        table("t", "a int, b bigint, s string, ts timestamp, l array<int>");
        table("u", "a int, c string, d string");
    }

    private void table(String name, String columns) {
        planner.views().put(name, planner.scan(name, false, DataTypes.parseSchema(columns)));
    }

    private QueryPlan plan(String sql) {
        return planner.plan(planner.sql(sql)).optimised();
    }

    private static List<QueryPlan> steps(QueryPlan plan) {
        List<QueryPlan> all = new ArrayList<>(List.of(plan));
        plan.inputs().forEach(input -> all.addAll(steps(input)));
        return all;
    }

    @Test
    void aJoinKeepsOnlyWhatIsRead() {
        QueryPlan plan = plan("SELECT t.s, u.c FROM t JOIN u ON t.a = u.a AND t.b > 3 WHERE u.c <> 'x'");

        QueryPlan.Join join = steps(plan).stream()
                .filter(QueryPlan.Join.class::isInstance)
                .map(QueryPlan.Join.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(join.left().schema().toString()).isEqualTo("a int, s string");
        assertThat(join.right().schema().toString()).isEqualTo("a int, c string");
        assertThat(plan.schema().toString()).isEqualTo("s string, c string");
    }

    @Test
    void aRankingKeepsOnlyWhatIsRead() {
        QueryPlan plan = plan(
                "SELECT s, n FROM (SELECT *, row_number() OVER (PARTITION BY a ORDER BY b DESC) AS n FROM t) WHERE n <= 2");

        QueryPlan.TopN top = steps(plan).stream()
                .filter(QueryPlan.TopN.class::isInstance)
                .map(QueryPlan.TopN.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(top.input().schema().toString()).isEqualTo("a int, b bigint, s string");
        assertThat(top.keys()).containsExactly(0);
    }

    @Test
    void aWatermarkStaysThoughNobodyReadsItsColumn() {
        Relation stream = planner.scan("r", true, DataTypes.parseSchema("k string, ts timestamp, v int"));
        Relation marked = planner.watermark(stream, "ts", "10 seconds");
        Relation joined = planner.join(
                marked, planner.views().find("u").orElseThrow(), QueryPlan.JoinType.INNER, SqlText.expression("k = c"));
        QueryPlan plan = planner.plan(planner.select(joined, List.of(SqlText.column("v"))))
                .optimised();

        QueryPlan.Join join = steps(plan).stream()
                .filter(QueryPlan.Join.class::isInstance)
                .map(QueryPlan.Join.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(join.left()
                        .schema()
                        .field(join.left().schema().indexOf("ts"))
                        .eventTime())
                .isTrue();
        assertThat(plan.schema().toString()).isEqualTo("v int");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a + (1 + 2 * 3) | (a + 7)",
                "upper(concat('x', 'y')) | 'XY'",
                "date '2024-01-31' + INTERVAL 1 DAY = date '2024-02-01' | true",
                "element_at(array(1, 2), 2) + a | (2 + a)",
                "CAST('12' AS INT) + a | (12 + a)"
            })
    void constantsAreComputedWhenTheQueryIsPlanned(String expression, String left) {
        assertThat(PlanText.of(plan("SELECT " + expression + " AS x FROM t"))).contains(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 / 0", "CAST('x' AS INT)", "repeat('x', 3)"})
    void whatFailsOrMayBeLargeIsLeftToTheRows(String expression) {
        QueryPlan.Project project = (QueryPlan.Project) plan("SELECT " + expression + " AS x, a FROM t");

        assertThat(project.columns().get(0)).isNotInstanceOf(Expression.Literal.class);
    }

    /** Calcite's trees share types and caches; the plans must be those of one thread. */
    @Test
    void severalThreadsPlanWithOnePlanner() throws Exception {
        List<String> texts = IntStream.range(0, QUERIES)
                .mapToObj(i -> "SELECT t.s, count(*) AS n" + i + " FROM t JOIN u ON t.a = u.a AND t.b > " + i
                        + " WHERE u.c <> 'x" + i + "' GROUP BY t.s")
                .toList();
        List<String> expected =
                texts.stream().map(sql -> PlanText.of(plan(sql))).toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<List<String>> work =
                    () -> texts.stream().map(sql -> PlanText.of(plan(sql))).toList();
            for (Future<List<String>> one : threads.invokeAll(Collections.nCopies(THREADS, work))) {
                assertThat(one.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
