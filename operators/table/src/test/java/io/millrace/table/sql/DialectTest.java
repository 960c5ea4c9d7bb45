// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.plan.PlanText;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spark's spellings, the names and types of columns, and where errors are. */
class DialectTest {

    private final Planner planner = new Planner(FunctionRegistry.spark());

    DialectTest() {
        planner.views()
                .put(
                        "t",
                        planner.scan(
                                "t",
                                true,
                                DataTypes.parseSchema(
                                        "a int, b bigint, s string, ts timestamp, l array<int>, w struct<x:int,y:string>")));
        planner.views().put("u", planner.scan("u", false, DataTypes.parseSchema("a int, c string")));
    }

    private String columns(String sql) {
        return planner.sql(sql).schema().toString();
    }

    private QueryPlan plan(String sql) {
        return planner.plan(planner.sql(sql)).optimised();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT `a` FROM T | a int",
                "SELECT A, S FROM t | A int, S string",
                "SELECT a + b, a / a, a div a, a % 2 FROM t | (a + b) bigint, (a / a) double, (a div a) bigint, (a % 2) int",
                "SELECT a == 1, a != 1, a <=> 1, !(a = 1) FROM t | (a = 1) boolean, (NOT (a = 1)) boolean, (a <=> 1) boolean, (NOT (a = 1)) boolean",
                "SELECT a::bigint AS x, CAST(a AS STRING) AS y, try_cast(s AS decimal(5,1)) AS z FROM t | x bigint, y string, z decimal(5,1)",
                "SELECT 1L, 2.5, 1e3, 1.0D, 3BD, 'x' 'y' FROM t | 1 bigint, 2.5 decimal(2,1), 1000.0 double, 1.0 double, 3 decimal(1,0), xy string",
                "SELECT date '2024-01-31' AS d, timestamp '2024-01-31 10:00:00.5' AS x FROM t | d date, x timestamp",
                "SELECT ts + INTERVAL 10 MINUTES AS x, ts - INTERVAL '1' DAY AS y, ts + INTERVAL '1 hour 5 minutes' AS z FROM t | x timestamp, y timestamp, z timestamp",
                "SELECT partition, offset + 1 AS offset, k.partition p FROM (SELECT a AS partition, b offset FROM t) k WHERE offset > partition | partition int, offset bigint, p int",
                "SELECT w.x, w.y AS end, t.w.x AS start FROM t | x int, end string, start int",
                "SELECT * EXCEPT (l, w, ts) FROM t | a int, b bigint, s string",
                "SELECT x FROM t LATERAL VIEW explode(l) v AS x | x int",
                "SELECT a, x FROM t LATERAL VIEW OUTER posexplode(l) v AS p, x | a int, x int",
                "SELECT posexplode(l) AS (p, x) FROM t | p int, x int",
                "SELECT count(DISTINCT a), sum(a) FILTER (WHERE a > 1), count(*) FROM t | count(DISTINCT a) bigint, sum(a) FILTER (WHERE (a > 1)) bigint, count(1) bigint",
                "WITH q AS (SELECT a AS k FROM t) SELECT k FROM q | k int",
                "SELECT a AS k, count(*) AS n FROM t GROUP BY k HAVING n > 1 | k int, n bigint",
                "SELECT a, count(*) AS n FROM t GROUP BY 1 ORDER BY 2 DESC NULLS LAST LIMIT 3 | a int, n bigint",
                "SELECT a, s, count(*) AS n FROM t GROUP BY ALL | a int, s string, n bigint",
                "SELECT t.a FROM t LEFT SEMI JOIN u ON t.a = u.a | a int",
                "SELECT t.a FROM t WHERE a IN (SELECT a FROM u) AND b > 1 | a int",
                "SELECT a, c, s FROM t JOIN u USING (a) | a int, c string, s string",
                "SELECT a FROM t UNION ALL SELECT b FROM t | a bigint",
                "SELECT * FROM VALUES (1, 'x'), (2, 'y') AS v(n, m) | n int, m string",
                "SELECT a + 1 AS x, x * 2 AS y FROM t | x int, y int",
                "SELECT window_start, count(*) AS n FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end | window_start timestamp, n bigint",
                "SELECT DISTINCT a FROM t -- all of them | a int",
            })
    void readsSparksSpelling(String sql, String schema) {
        assertThat(columns(sql)).isEqualTo(schema);
        assertThat(plan(sql).schema().toString()).isEqualTo(schema);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT a FRM t WHERE | PARSE_SYNTAX_ERROR | 1 | 14",
                "SELECT nope FROM t | UNRESOLVED_COLUMN.WITH_SUGGESTION | 1 | 8",
                "SELECT a FROM missing | TABLE_OR_VIEW_NOT_FOUND | 1 | 15",
                "SELECT frobnicate(a) FROM t | UNRESOLVED_ROUTINE | 1 | 8",
                "SELECT a FROM t JOIN u ON t.a = u.a | AMBIGUOUS_REFERENCE | 1 | 8",
                "SELECT s, count(*) FROM t GROUP BY a | MISSING_AGGREGATION | 1 | 8",
                "SELECT a FROM t WHERE s | DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN | 1 | 23",
                "SELECT sum(a, a) FROM t | WRONG_NUM_ARGS.WITHOUT_SUGGESTION | 1 | 8",
                "SELECT window(ts, '1 second', '2 seconds') FROM t | DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION | 1 | 8",
            })
    void saysWhereAnErrorIs(String sql, String condition, int line, int column) {
        assertThatThrownBy(() -> planner.sql(sql)).isInstanceOfSatisfying(AnalysisException.class, e -> {
            assertThat(e.condition()).isEqualTo(condition);
            assertThat(e.line() + ":" + e.column()).isEqualTo(line + ":" + column);
        });
    }

    @Test
    void countsLinesOfTheTextAsItWasWritten() {
        assertThatThrownBy(() -> planner.sql("SELECT a,\n  -- a comment\n  INTERVAL 1 HOUR, nope\nFROM t"))
                .isInstanceOfSatisfying(AnalysisException.class, e -> {
                    assertThat(e.line()).isEqualTo(3);
                    assertThat(e.column()).isEqualTo(20);
                });
    }

    @Test
    void readsAlternativesAmongAlternatives() {
        String condition = "a > 'a' OR (lower(a) = 'b' OR lower(a) = 'c') OR NOT (a = 'd' AND (a = 'e' AND b = 1))";
        assertThat(PlanText.of(plan("SELECT a FROM t WHERE " + condition))).contains("Filter");
        assertThat(PlanText.of(plan("SELECT t.a FROM t JOIN u ON t.a = u.a AND (t.b = 1 OR (u.c = 'x' OR u.c = 'y'))")))
                .contains("Join INNER");
    }

    @Test
    void boundsARankByItsCondition() {
        QueryPlan plan =
                plan("SELECT a, b FROM (SELECT *, row_number() OVER (PARTITION BY a ORDER BY b DESC) AS rn FROM t)"
                        + " WHERE rn <= 3");
        assertThat(PlanText.of(plan)).contains("TopN 3 by [a] in order [b DESC NULLS LAST]");
    }

    @Test
    void checksConditionsBeforeJoinsButNotBeforeWatermarks() {
        planner.views().put("m", planner.watermark(planner.views().find("t").orElseThrow(), "ts", "10 seconds"));
        String plan = PlanText.of(plan("SELECT m.a FROM m JOIN u ON m.a = u.a WHERE m.b > 1 AND u.c = 'x'"));
        assertThat(plan)
                .containsSubsequence(
                        "Join INNER", "Filter (b > ", "Watermark 0", "StreamScan t", "Filter (c = 'x')", "Scan u");
    }
}
