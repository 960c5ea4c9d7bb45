// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.type.DataTypes;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries within expressions, over finished tables; what is expected follows from the rules of SQL for nulls. */
class SubqueryTest {

    private static final TableSession SESSION = TableSession.builder().build();

    @BeforeAll
    static void tables() {
        table("o", "id int, k int, v int", Row.of(1, 10, 5), Row.of(2, 20, 7), Row.of(3, null, 1), Row.of(4, 40, null));
        table("f", "k int, x int", Row.of(10, 1), Row.of(10, 6), Row.of(20, 7), Row.of(30, 9));
        table("n", "k int, x int", Row.of(10, 1), Row.of(null, 7));
        table("none", "k int, x int");
    }

    private static void table(String name, String schema, Row... rows) {
        SESSION.fromRows(DataTypes.parseSchema(schema), List.of(rows)).createOrReplaceTempView(name);
    }

    @AfterAll
    static void close() {
        SESSION.close();
    }

    private static String rows(String sql) {
        return SESSION.sql(sql).collect().stream()
                .map(SubqueryTest::text)
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static String text(Row row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            text.append(i == 0 ? "" : " ").append(row.get(i));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                // whether there is a row
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f) | 1; 2; 3; 4",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM none) | ''",
                "SELECT id FROM o WHERE NOT EXISTS (SELECT * FROM none) | 1; 2; 3; 4",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE f.k = o.k) | 1; 2",
                "SELECT id FROM o WHERE NOT EXISTS (SELECT 1 FROM f WHERE f.k = o.k) | 3; 4",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE f.k = o.k AND f.x > o.v) | 1",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE x < v AND f.x > 6) | ''",
                "SELECT id FROM o WHERE id > 1 AND EXISTS (SELECT 1 FROM f WHERE f.k = o.k AND x > 6 LIMIT 1) | 2",
                "SELECT id FROM o WHERE EXISTS (SELECT k FROM f WHERE f.k = o.k GROUP BY k HAVING count(*) > 1) | 1",
                "SELECT id FROM o WHERE EXISTS (SELECT max(x) FROM f WHERE f.k = o.k) | 1; 2; 3; 4",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE f.k = o.k) OR v = 1 | 1; 2; 3",
                "SELECT id FROM o WHERE NOT (EXISTS (SELECT 1 FROM f WHERE f.k = o.k) OR v = 1) | ''",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE f.k = o.k AND EXISTS (SELECT 1 FROM n WHERE n.k = f.k)) | 1",
                "SELECT id, EXISTS (SELECT 1 FROM f WHERE f.k = o.k) AS e FROM o | 1 true; 2 true; 3 false; 4 false",
                // whether there is a value: null may be any
                "SELECT id FROM o WHERE k IN (SELECT k FROM f) | 1; 2",
                "SELECT id FROM o WHERE k IN (SELECT k FROM n) | 1",
                "SELECT id FROM o WHERE k NOT IN (SELECT k FROM f) | 4",
                "SELECT id FROM o WHERE NOT (k IN (SELECT k FROM f)) | 4",
                "SELECT id FROM o WHERE k NOT IN (SELECT k FROM n) | ''",
                "SELECT id FROM o WHERE k NOT IN (SELECT k FROM none) | 1; 2; 3; 4",
                "SELECT id FROM o WHERE k NOT IN (SELECT k FROM n WHERE n.x = 1) | 2; 4",
                "SELECT id FROM o WHERE v NOT IN (SELECT x FROM f WHERE f.k = o.k) | 1; 3; 4",
                "SELECT id FROM o WHERE v IN (SELECT x FROM f WHERE f.k = o.k) | 2",
                "SELECT id FROM o WHERE v IN (SELECT max(x) FROM f WHERE f.k = o.k) | 2",
                "SELECT id FROM o WHERE v NOT IN (SELECT max(x) FROM f WHERE f.k = o.k) | 1",
                "SELECT id FROM o WHERE (k, v) IN (SELECT k, x FROM f) | 2",
                "SELECT id FROM o WHERE (k, v) NOT IN (SELECT k, x FROM f) | 1; 4",
                "SELECT id FROM o WHERE k IN (SELECT k FROM f UNION SELECT 40) | 1; 2; 4",
                "SELECT id FROM o WHERE k IN (WITH q AS (SELECT 40 AS k) SELECT k FROM q) | 4",
                "SELECT id FROM o WHERE k IN (SELECT k FROM f) OR id = 4 | 1; 2; 4",
                "SELECT id, k IN (SELECT k FROM n) AS i FROM o | 1 true; 2 null; 3 null; 4 null",
                "SELECT id, k IN (SELECT k FROM f) AS i FROM o | 1 true; 2 true; 3 null; 4 false",
                "SELECT id, k NOT IN (SELECT k FROM none) AS i FROM o | 1 true; 2 true; 3 true; 4 true",
                "SELECT id FROM o WHERE CASE WHEN k IN (SELECT k FROM f) THEN v > 5 ELSE true END | 2; 3; 4",
                // one value
                "SELECT id FROM o WHERE v = (SELECT max(x) FROM f) - 2 | 2",
                "SELECT id, (SELECT count(*) FROM f) AS c FROM o WHERE id < 3 | 1 4; 2 4",
                "SELECT (SELECT x FROM f WHERE k = 20) AS x, (SELECT x FROM none) AS y | 7 null",
                "SELECT id, (SELECT sum(x) FROM f WHERE f.k = o.k) AS s FROM o | 1 7; 2 7; 3 null; 4 null",
                "SELECT id, (SELECT count(*) FROM f WHERE f.k = o.k) AS s FROM o | 1 2; 2 1; 3 0; 4 0",
                "SELECT id, (SELECT count(x) + 1 FROM f WHERE f.k = o.k) AS s FROM o | 1 3; 2 2; 3 1; 4 1",
                "SELECT id, (SELECT count(*) FROM f WHERE f.k < o.k) AS s FROM o | 1 0; 2 2; 3 0; 4 4",
                "SELECT id, (SELECT x FROM f WHERE f.k = o.k ORDER BY x DESC LIMIT 1) AS s FROM o | 1 6; 2 7; 3 null; 4 null",
                "SELECT id, (SELECT x FROM f WHERE f.k = o.k AND x > 5) AS s FROM o | 1 6; 2 7; 3 null; 4 null",
                "SELECT id FROM o WHERE v < (SELECT avg(x) FROM f WHERE f.k = o.k) | ''",
                "SELECT id FROM o WHERE v > (SELECT min(x) FROM f WHERE f.k = o.k) AND id < 9 | 1",
                // over groups
                "SELECT k, sum(x) AS s FROM f GROUP BY k HAVING sum(x) > (SELECT avg(x) FROM f) | 10 7; 20 7; 30 9",
                "SELECT k, sum(x) AS s FROM f GROUP BY k HAVING k IN (SELECT k FROM n) | 10 7",
                "SELECT f.k, count(*) AS c FROM f GROUP BY f.k HAVING NOT EXISTS (SELECT 1 FROM o WHERE o.k = f.k) | 30 1",
                "SELECT k, max(x) - (SELECT min(x) FROM f) AS d FROM f GROUP BY k | 10 5; 20 6; 30 8",
                "SELECT sum(CASE WHEN k IN (SELECT k FROM o) THEN x END) AS s FROM f | 14",
                "SELECT k, (SELECT count(*) FROM o WHERE o.k = f.k) AS c FROM f GROUP BY k | 10 1; 20 1; 30 0",
            })
    void aQueryWithinAnExpressionIsAJoin(String sql, String expected) {
        assertThat(rows(sql)).isEqualTo(expected);
    }

    @Test
    void columnsAreCalledAsInSpark() {
        assertThat(SESSION.sql("SELECT (SELECT max(x) FROM f), EXISTS (SELECT 1 FROM f), k IN (SELECT k FROM f) FROM o")
                        .schema()
                        .toString())
                .isEqualTo("scalarsubquery() int, exists() boolean, (k IN (listquery())) boolean");
    }

    @Test
    void aQueryForAValueMustNotGiveSeveral() {
        assertThatThrownBy(() -> rows("SELECT id FROM o WHERE v = (SELECT x FROM f)"))
                .isInstanceOfSatisfying(
                        QueryExecutionException.class,
                        e -> assertThat(e.condition()).isEqualTo("SCALAR_SUBQUERY_TOO_MANY_ROWS"));
        assertThatThrownBy(() -> rows("SELECT id, (SELECT x FROM f WHERE f.k = o.k) AS x FROM o"))
                .isInstanceOfSatisfying(
                        QueryExecutionException.class,
                        e -> assertThat(e.condition()).isEqualTo("SCALAR_SUBQUERY_TOO_MANY_ROWS"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT id FROM o WHERE k IN (SELECT k, x FROM f) | DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
                "SELECT (SELECT k, x FROM f) FROM o | INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE f.k = o.y) | UNRESOLVED_COLUMN.WITH_SUGGESTION",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM missing) | TABLE_OR_VIEW_NOT_FOUND",
                "SELECT id FROM o ORDER BY (SELECT k, x FROM f) | INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
                "SELECT o.id FROM o JOIN f ON EXISTS (SELECT 1 FROM n) | UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_IN_EXISTS_SUBQUERY",
            })
    void whatHasNoMeaningIsRefused(String sql, String condition) {
        assertThatThrownBy(() -> rows(sql))
                .isInstanceOfSatisfying(
                        AnalysisException.class, e -> assertThat(e.condition()).isEqualTo(condition));
    }
}
