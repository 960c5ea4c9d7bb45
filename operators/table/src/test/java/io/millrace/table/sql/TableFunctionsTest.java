// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.QueryBatch;
import io.millrace.table.testkit.StepwiseQuery;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands behind FROM besides tables, over finished data; and what of SQL's relations runs on a stream. */
class TableFunctionsTest {

    private static final Schema READINGS = DataTypes.parseSchema("k string, ts timestamp, v int");

    private final TableSession session = TableSession.builder().build();
    private final MemoryStream stream = MemoryStream.of("live", READINGS);

    @BeforeEach
    void tables() {
        session.fromRows(
                        READINGS,
                        List.of(
                                Row.of("a", at(1), 1),
                                Row.of("a", at(4), 2),
                                Row.of("b", at(5), 3),
                                Row.of("a", at(12), 4)))
                .createOrReplaceTempView("t");
        session.fromRows(
                        DataTypes.parseSchema("id int, l array<int>"),
                        List.of(Row.of(1, List.of(10, 20)), Row.of(2, List.of())))
                .createOrReplaceTempView("u");
        session.createTable(stream).withWatermark("ts", "2 seconds").createOrReplaceTempView("live");
    }

    @AfterEach
    void close() {
        session.close();
    }

    private static Instant at(int second) {
        return Instant.parse("2024-01-01T00:00:00Z").plusSeconds(second);
    }

    private String rows(String sql) {
        return session.sql(sql).collect().stream()
                .map(TableFunctionsTest::text)
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static String text(Row row) {
        return SqlTables.text(row).replace("2024-01-01T00:00:", ":");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT k, v, window_start, window_end FROM TABLE(SESSION(TABLE t PARTITION BY k, DESCRIPTOR(ts), INTERVAL '5' SECOND)) | a 1 :01Z :09Z; a 2 :01Z :09Z; a 4 :12Z :17Z; b 3 :05Z :10Z",
                "SELECT v, window_start FROM TABLE(SESSION(TABLE t, DESCRIPTOR(ts), INTERVAL '5' SECOND)) | 1 :01Z; 2 :01Z; 3 :01Z; 4 :12Z",
                "SELECT k, window_end, sum(v) AS s FROM TABLE(SESSION(TABLE t, DESCRIPTOR(ts), DESCRIPTOR(k), INTERVAL 5 SECONDS)) GROUP BY k, window_start, window_end | a :09Z 3; a :17Z 4; b :10Z 3",
                "SELECT window_start, count(*) AS n FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end | :00Z 3; :10Z 1",
                "SELECT window_end, count(*) AS n FROM TABLE(HOP(TABLE t, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)) WHERE k = 'a' GROUP BY window_start, window_end | :05Z 2; :10Z 2; :15Z 1; :20Z 1",
                "SELECT id, x FROM u LATERAL VIEW explode(l) e AS x | 1 10; 1 20",
                "SELECT id, x FROM u LATERAL VIEW OUTER explode(l) e AS x | 1 10; 1 20; 2 null",
                "SELECT id, p, x FROM u LATERAL VIEW posexplode(l) e AS p, x WHERE p = 1 | 1 1 20",
                "SELECT id, x, y FROM u LATERAL VIEW explode(l) e AS x LATERAL VIEW explode(array(x, -x)) f AS y WHERE y < 0 | 1 10 -10; 1 20 -20",
                "SELECT * FROM VALUES (1, 'x'), (2, NULL) AS v(n, m) | 1 x; 2 null",
                "VALUES (1, 'x'), (2, 'y') | 1 x; 2 y",
                "SELECT * FROM (VALUES (1), (2)) AS v(n) WHERE n IN (VALUES (2), (3)) | 2",
                "WITH a AS (SELECT k, sum(v) AS s FROM t GROUP BY k), b AS (SELECT max(s) AS m FROM a) SELECT k FROM a WHERE s = (SELECT m FROM b) | a",
                "WITH a(x) AS (SELECT v FROM t) SELECT x FROM a EXCEPT SELECT v FROM t WHERE k = 'a' | 3",
            })
    void whatStandsBehindFrom(String sql, String expected) {
        assertThat(rows(sql)).isEqualTo(expected);
    }

    @Test
    void sessionsOfAStreamGiveTheirRowsWhenTheyClose() {
        String sql =
                "SELECT k, v, window_start FROM TABLE(SESSION(TABLE live PARTITION BY k, DESCRIPTOR(ts), INTERVAL '5' SECOND))";
        try (StepwiseQuery query = StepwiseQuery.start(session.sql(sql), OutputMode.APPEND)) {
            stream.addRows(Row.of("a", at(1), 1), Row.of("a", at(4), 2), Row.of("b", at(9), 3));
            assertThat(query.run()).flatExtracting(QueryBatch::rows).isEmpty();
            stream.addRows(Row.of("c", at(12), 4));
            assertThat(query.run())
                    .flatExtracting(QueryBatch::rows)
                    .extracting(TableFunctionsTest::text)
                    .containsExactlyInAnyOrder("a 1 :01Z", "a 2 :01Z");
        }
    }

    @Test
    void aStreamIsLookedUpInAFinishedQuery() {
        String sql = "SELECT v FROM live WHERE k IN (SELECT k FROM t) AND v > (SELECT min(v) FROM t WHERE t.k = live.k)"
                + " AND NOT EXISTS (SELECT 1 FROM t WHERE t.v = live.v)";
        try (StepwiseQuery query = StepwiseQuery.start(session.sql(sql), OutputMode.APPEND)) {
            stream.addRows(Row.of("a", at(1), 1), Row.of("a", at(1), 4), Row.of("a", at(1), 7), Row.of("c", at(1), 9));
            assertThat(query.run()).flatExtracting(QueryBatch::rows).containsExactly(Row.of(7));
        }
    }

    @Test
    void aRowOfAStreamIsThereIfOneOfAnotherIs() {
        MemoryStream other = MemoryStream.of("other", READINGS);
        session.createTable(other).withWatermark("ts", "2 seconds").createOrReplaceTempView("other");
        String sql = "SELECT v FROM live WHERE EXISTS (SELECT 1 FROM other WHERE other.k = live.k"
                + " AND other.ts BETWEEN live.ts AND live.ts + INTERVAL 5 SECONDS)";
        try (StepwiseQuery query = StepwiseQuery.start(session.sql(sql), OutputMode.APPEND)) {
            stream.addRows(Row.of("a", at(1), 1), Row.of("b", at(1), 2));
            other.addRows(Row.of("a", at(3), 0), Row.of("b", at(9), 0));
            assertThat(query.run()).flatExtracting(QueryBatch::rows).containsExactly(Row.of(1));
        }
    }

    @Test
    void setsOfKeysRunOnAStreamInUpdateAndCompleteMode() {
        String sql = "SELECT k, sum(v) AS s, grouping(k) AS g FROM live GROUP BY ROLLUP(k)";
        for (OutputMode mode : List.of(OutputMode.UPDATE, OutputMode.COMPLETE)) {
            MemoryStream own = MemoryStream.of("live", READINGS);
            session.createTable(own).createOrReplaceTempView("live");
            try (StepwiseQuery query = StepwiseQuery.start(session.sql(sql), mode)) {
                own.addRows(Row.of("a", at(1), 1), Row.of("b", at(1), 2));
                query.run();
                own.addRows(Row.of("a", at(1), 4));
                assertThat(query.run())
                        .flatExtracting(QueryBatch::rows)
                        .extracting(TableFunctionsTest::text)
                        .containsExactlyInAnyOrder(
                                mode == OutputMode.UPDATE
                                        ? new String[] {"a 5 0", "null 7 1"}
                                        : new String[] {"a 5 0", "b 2 0", "null 7 1"});
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT k FROM live INTERSECT SELECT k FROM t | Intersect of streaming DataFrames/Datasets is not supported",
                "SELECT k FROM t EXCEPT SELECT k FROM live | Except on a streaming DataFrame/Dataset on the right is not supported",
                "SELECT k FROM live WHERE k NOT IN (SELECT k FROM live) | LeftAnti joins with a streaming DataFrame/Dataset on the right are not supported",
            })
    void whatSparkDoesNotDoOnAStreamIsRefusedAtTheStart(String sql, String message) {
        var table = session.sql(sql);
        assertThatThrownBy(() -> StepwiseQuery.start(table, OutputMode.APPEND))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining(message);
    }
}
